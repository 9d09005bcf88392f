/**
 * The kernel's routes and neighbours: which targets lie on a link of this host, and how many of them may be asked at once.
 *
 * <p>Read {@code TargetRoutes} first, then {@code RouteTable} and {@code NeighbourBudget}.
 */
@NullMarked
package io.github.nettyping.internal.route;

import org.jspecify.annotations.NullMarked;

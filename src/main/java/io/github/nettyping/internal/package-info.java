/**
 * What nettyping has for itself. The packages from here down are public in Java because others of nettyping use them, and no
 * API: nothing in them is for programs that use the library.
 *
 * <p>{@link io.github.nettyping.internal.Internal} marks the few types and members elsewhere of which the same is true.
 */
@NullMarked
package io.github.nettyping.internal;

import org.jspecify.annotations.NullMarked;

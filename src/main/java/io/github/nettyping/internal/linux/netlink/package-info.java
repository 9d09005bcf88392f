/**
 * Messages of netlink(7) and rtnetlink(7) as they lie in memory. Nothing here opens a socket.
 *
 * <p>Read {@code NetlinkDump} first, then {@code RouteMessage}.
 */
@NullMarked
package io.github.nettyping.internal.linux.netlink;

import org.jspecify.annotations.NullMarked;

package io.github.nettyping.trace;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which routers have told how long packets may be. A router that finds a packet too long has already counted one hop of
 * it, so it is at least one hop nearer than the probe's hop limit. Confined to the event loop.
 */
final class MtuNotes {

    /** Type and code of ICMPv4 "fragmentation needed". RFC 792, page 4. */
    private static final int DESTINATION_UNREACHABLE = 3;

    private static final int FRAGMENTATION_NEEDED = 4;

    /** No path narrows so many times; further notes are not kept. */
    private static final int MAX_NOTES = 64;

    /** A router told an MTU to probes with this hop limit or a higher one. */
    private record Note(Optional<IpAddress> from, int mtu, int hopLimit) {}

    private List<Note> notes = List.of();

    /** Tells whether an error says that the probe was too long. */
    static boolean isTooLong(IcmpError error) {
        return error instanceof PacketTooBigMessage
                || (error.family() == IpFamily.IPV4
                        && error.type() == DESTINATION_UNREACHABLE
                        && error.code() == FRAGMENTATION_NEEDED);
    }

    /** Returns the MTU such an error tells, if it does: old routers do not. */
    static OptionalInt told(IcmpError error) {
        if (error instanceof PacketTooBigMessage message) {
            return message.mtu() > 0 ? OptionalInt.of(message.mtu()) : OptionalInt.empty();
        }
        return error instanceof DestinationUnreachableMessage message ? message.nextHopMtu() : OptionalInt.empty();
    }

    void add(int hopLimit, IcmpError error) {
        OptionalInt mtu = told(error);
        if (mtu.isEmpty()) {
            return;
        }
        if (notes.isEmpty()) {
            notes = new ArrayList<>(1);
        }
        for (int i = 0; i < notes.size(); i++) {
            Note known = notes.get(i);
            if (known.mtu() == mtu.getAsInt() && known.from().equals(error.from())) {
                notes.set(i, new Note(known.from(), known.mtu(), Math.min(known.hopLimit(), hopLimit)));
                return;
            }
        }
        if (notes.size() < MAX_NOTES) {
            notes.add(new Note(error.from(), mtu.getAsInt(), hopLimit));
        }
    }

    /** Returns the smallest MTU that was told at a hop. */
    OptionalInt toldAt(int number, List<HopRecord> hops, int firstHop) {
        OptionalInt smallest = OptionalInt.empty();
        for (Note note : notes) {
            if (hopOf(note, hops, firstHop) == number) {
                smallest = OptionalInt.of(Math.min(note.mtu(), smallest.orElse(note.mtu())));
            }
        }
        return smallest;
    }

    /** Returns the hop at which the router answers, or else the farthest at which it can be. */
    private static int hopOf(Note note, List<HopRecord> hops, int firstHop) {
        int farthest = note.hopLimit() - 1;
        if (note.from().isPresent()) {
            IpAddress from = note.from().get();
            for (int number = Math.min(farthest, firstHop + hops.size() - 1); number >= firstHop; number--) {
                if (hops.get(number - firstHop).isFrom(from)) {
                    return number;
                }
            }
        }
        return farthest;
    }
}

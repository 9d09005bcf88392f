package io.github.nettyping.target;

import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Finds the index of an interface by its name or by the index itself. */
@FunctionalInterface
interface InterfaceLookup {

    /**
     * {@return the index of an interface, more than 0; empty if there is no such interface}
     *
     * @param nameOrIndex what stood behind the {@code %}; a name wins over an index
     */
    OptionalInt indexOf(String nameOrIndex);

    /** Asks the system once a name, because a list may hold thousands of addresses of a link. Confined to one thread. */
    static InterfaceLookup ofSystem() {
        Map<String, OptionalInt> known = new HashMap<>();
        return name -> known.computeIfAbsent(name, InterfaceLookup::ask);
    }

    private static OptionalInt ask(String nameOrIndex) {
        try {
            NetworkInterface found = NetworkInterface.getByName(nameOrIndex);
            if (found == null && nameOrIndex.matches("[1-9][0-9]{0,8}")) {
                found = NetworkInterface.getByIndex(Integer.parseInt(nameOrIndex));
            }
            return found == null ? OptionalInt.empty() : OptionalInt.of(found.getIndex());
        } catch (SocketException e) {
            throw new UncheckedIOException("NetworkInterface.getByName(" + nameOrIndex + ")", e);
        }
    }
}

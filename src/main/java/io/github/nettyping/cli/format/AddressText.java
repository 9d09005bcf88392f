package io.github.nettyping.cli.format;

import io.github.nettyping.packet.AddressFormat;
import io.github.nettyping.packet.IpAddress;
import java.util.HashMap;
import java.util.Map;

/** Addresses as the command line prints them: RFC 5952, the scope by the name of its interface. Confined to one thread. */
public final class AddressText {

    private final Map<Integer, String> interfaces = new HashMap<>();

    public static String of(IpAddress address) {
        StringBuilder text = new StringBuilder();
        new AddressText().append(text, address);
        return text.toString();
    }

    /** Returns what stands behind a link-local address, with the percent sign; empty for scope 0. */
    public static String scope(int scopeId) {
        return scopeId == 0 ? "" : '%' + AddressFormat.interfaceName(scopeId);
    }

    /** Appends an address, without garbage unless it has a scope. */
    public void append(StringBuilder out, IpAddress address) {
        if (address.scopeId() == 0) {
            AddressFormat.append(out, address);
        } else {
            AddressFormat.append(out, new IpAddress(address.high(), address.low(), 0));
            out.append('%').append(interfaces.computeIfAbsent(address.scopeId(), AddressFormat::interfaceName));
        }
    }
}

package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.packet.SystemCallException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options that were set on a socket, to set them on another one. Not safe for use by several threads. */
final class AppliedOptions {

    /** Sets an option of a socket. */
    interface Setting {
        void applyTo(IcmpSocket socket) throws SystemCallException;
    }

    private final Map<OptionName, Setting> all = new LinkedHashMap<>();

    /** Notes an option and forgets its earlier value. */
    void note(OptionName option, Setting setting) {
        // The last set goes last: some options change others.
        all.remove(option);
        all.put(option, setting);
    }

    void applyTo(IcmpSocket socket) throws SystemCallException {
        for (Setting setting : all.values()) {
            setting.applyTo(socket);
        }
    }
}

package io.github.nettyping.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Reads extension structures. They are written by strangers: every length is checked against what arrived. */
final class ExtensionDecoder {

    /** More than any honest error of 576 or 1,280 bytes needs. Limits what one packet can make us allocate. */
    private static final int MAX_OBJECTS = 64;

    private ExtensionDecoder() {}

    /**
     * Reads the structure between two indexes.
     *
     * @param start index of its header; {@code end} if there is none
     */
    static IcmpExtensions decode(ByteBuf buffer, int start, int end) {
        if (start == end) {
            return IcmpExtensions.NONE;
        }
        if (!hasHeader(buffer, start, end)) {
            return IcmpExtensions.MALFORMED;
        }
        boolean verified = buffer.getShort(start + ExtensionLayout.CHECKSUM) == 0
                || InternetChecksum.isValid(buffer, start, end - start);
        return verified && objects(buffer, start, end) <= MAX_OBJECTS
                ? new IcmpExtensions(List.copyOf(readAll(buffer, start, end)), false)
                : IcmpExtensions.MALFORMED;
    }

    /**
     * Tells whether a structure is there although nothing announces it. It must have at least one object and a
     * checksum; without a checksum the end of an ordinary quote could be taken for a structure.
     */
    static boolean isUnannounced(ByteBuf buffer, int start, int end) {
        return end - start >= ExtensionLayout.BYTES + ExtensionLayout.OBJECT_BYTES
                && hasHeader(buffer, start, end)
                && buffer.getShort(start + ExtensionLayout.CHECKSUM) != 0
                && InternetChecksum.isValid(buffer, start, end - start)
                && objects(buffer, start, end) <= MAX_OBJECTS;
    }

    /** Tells whether a structure's header lies between two indexes. */
    static boolean hasHeader(ByteBuf buffer, int start, int end) {
        return end - start >= ExtensionLayout.BYTES
                && buffer.getUnsignedByte(start + ExtensionLayout.VERSION) >>> 4 == ExtensionLayout.VERSION_2;
    }

    /** Returns how many objects there are, too many if they do not end where the structure does. */
    private static int objects(ByteBuf buffer, int start, int end) {
        int count = 0;
        for (int at = start + ExtensionLayout.BYTES; at < end; count++) {
            int next = endOfObject(buffer, at, end);
            if (next > end || count == MAX_OBJECTS) {
                return MAX_OBJECTS + 1;
            }
            at = next;
        }
        return count;
    }

    /** Returns the index after an object, after {@code end} if it is not whole. */
    static int endOfObject(ByteBuf buffer, int start, int end) {
        if (end - start < ExtensionLayout.OBJECT_BYTES) {
            return end + 1;
        }
        int length = buffer.getUnsignedShort(start + ExtensionLayout.OBJECT_LENGTH);
        return length < ExtensionLayout.OBJECT_BYTES ? end + 1 : Math.min(end + 1, start + length);
    }

    private static List<ExtensionObject> readAll(ByteBuf buffer, int start, int end) {
        List<ExtensionObject> objects = new ArrayList<>();
        for (int at = start + ExtensionLayout.BYTES; at < end; ) {
            int next = endOfObject(buffer, at, end);
            objects.add(ExtensionObjects.read(buffer, at, next));
            at = next;
        }
        return objects;
    }
}

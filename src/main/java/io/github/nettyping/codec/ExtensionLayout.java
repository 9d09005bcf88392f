package io.github.nettyping.codec;

/**
 * Layout of the extension structure: its header, and before each object's payload the object header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4884#section-7">RFC 4884, sections 7 and 8</a>
 */
final class ExtensionLayout {

    /** Version, upper 4 bits of 1 byte; the other 12 bits before the checksum are reserved. */
    static final int VERSION = 0;

    /** Checksum of the structure, 2 bytes; 0 if there is none. */
    static final int CHECKSUM = 2;

    /** Length of the header. */
    static final int BYTES = 4;

    /** Object: length with its header, 2 bytes. */
    static final int OBJECT_LENGTH = 0;

    /** Object: Class-Num, 1 byte. */
    static final int OBJECT_CLASS = 2;

    /** Object: C-Type, 1 byte. */
    static final int OBJECT_TYPE = 3;

    /** Length of an object's header. */
    static final int OBJECT_BYTES = 4;

    /** The only version there is. */
    static final int VERSION_2 = 2;

    private ExtensionLayout() {}
}

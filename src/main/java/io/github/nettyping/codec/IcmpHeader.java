package io.github.nettyping.codec;

/**
 * Layout of the ICMP header, the same in both families: offsets of fields in bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792">RFC 792</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-2.1">RFC 4443, section 2.1</a>
 */
final class IcmpHeader {

    /** Type, 1 byte: {@link IcmpType}. */
    static final int TYPE = 0;

    /** Code, 1 byte. */
    static final int CODE = 1;

    /** Checksum, 2 bytes: {@link InternetChecksum}. */
    static final int CHECKSUM = 2;

    /** Four bytes whose meaning depends on the type. */
    static final int REST = 4;

    /** Echo and timestamp messages, of the extended kind too: identifier, 2 bytes. RFC 792, pages 14 and 16. */
    static final int IDENTIFIER = 4;

    /** Echo and timestamp messages: sequence number, 2 bytes. RFC 792, pages 14 and 16. */
    static final int SEQUENCE = 6;

    /** Extended echo messages: sequence number, 1 byte. RFC 8335, sections 2 and 3. */
    static final int SHORT_SEQUENCE = 6;

    /** Extended echo messages: which interface is asked about, or its state, 1 byte. RFC 8335, sections 2 and 3. */
    static final int FLAGS = 7;

    /** ICMPv6 errors: length of the quote in units of 8 bytes, 1 byte. RFC 4884, section 4. */
    static final int QUOTE_LENGTH_V6 = 4;

    /** ICMPv4 errors: length of the quote in units of 4 bytes, 1 byte. RFC 4884, section 4. */
    static final int QUOTE_LENGTH_V4 = 5;

    /** Length of the header; behind it the payload of an echo message, the quote of an error. */
    static final int BYTES = 8;

    private IcmpHeader() {}
}

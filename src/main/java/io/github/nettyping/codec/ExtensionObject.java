package io.github.nettyping.codec;

/**
 * One object of the extension structure that a node may append to an ICMP error, beside type and code. Nothing in it is
 * proven. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4884#section-8">RFC 4884, section 8</a>
 */
public sealed interface ExtensionObject
        permits MplsLabelStack, InterfaceInformation, InterfaceIdentification, OtherExtension {

    /** {@return what kind of object this is: the Class-Num, 0 to 255} */
    int classNumber();

    /** {@return which variant of its class this is: the C-Type, 0 to 255} */
    int type();
}

package io.github.nettyping.codec;

/**
 * An extension object that this package does not read further, or one whose payload does not fit its class and type.
 * Immutable.
 *
 * @param classNumber the Class-Num, 0 to 255
 * @param type        the C-Type, 0 to 255
 * @param payload     the bytes after the 4-byte object header, never more than the error had
 */
public record OtherExtension(int classNumber, int type, Octets payload) implements ExtensionObject {}

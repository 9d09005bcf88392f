package io.github.nettyping.internal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Not for programs that use the library: public in Java only because another package of nettyping needs it. It may change
 * or go with any release. On a type, it holds for all its members. What stands in {@code io.github.nettyping.internal} and
 * below is so without the mark.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.CONSTRUCTOR, ElementType.METHOD, ElementType.FIELD})
public @interface Internal {}

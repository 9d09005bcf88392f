/**
 * Holds README and docs to the truth: their Java is quoted from {@code examples}, which are compiled and run, their links
 * lead somewhere, and the classes they name exist.
 *
 * <p>Read {@link io.github.nettyping.documents.DocumentsTest} first.
 */
@NullMarked
package io.github.nettyping.documents;

import org.jspecify.annotations.NullMarked;

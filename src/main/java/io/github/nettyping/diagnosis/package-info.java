/**
 * What this machine permits to those who ping, and what to do about what it does not: facts and remedies, to be logged
 * or shown. Nothing here is formatted for a reader.
 *
 * <p>Read {@link io.github.nettyping.diagnosis.Diagnosis} first. Each of its parts reads itself from {@code /proc};
 * {@code Problems} and {@code Remedies} draw the conclusions.
 */
@NullMarked
package io.github.nettyping.diagnosis;

import org.jspecify.annotations.NullMarked;

/**
 * What this machine permits for pinging, and how to permit the rest: facts and remedies, to be logged or shown. Nothing
 * here is formatted for a reader.
 *
 * <p>Read {@link io.github.nettyping.diagnosis.Diagnosis} first. Each of its parts reads itself from {@code /proc};
 * {@code Problems} finds what is wrong, {@code Remedies} what helps.
 */
@NullMarked
package io.github.nettyping.diagnosis;

import org.jspecify.annotations.NullMarked;

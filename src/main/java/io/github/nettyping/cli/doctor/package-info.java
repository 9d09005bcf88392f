/**
 * The command {@code doctor}, which writes down a {@link io.github.nettyping.diagnosis.Diagnosis}.
 *
 * <p>Read {@code DoctorCommand} first.
 */
@NullMarked
package io.github.nettyping.cli.doctor;

import org.jspecify.annotations.NullMarked;

/**
 * The files that {@code serve} reads: modules and targets in the shapes of blackbox_exporter and smokeping_prober, and
 * Prometheus' web configuration. Every complaint names file, line and column.
 *
 * <p>Read {@code ServerConfiguration} first; {@code Yaml} is what all of them are read with.
 */
@NullMarked
package io.github.nettyping.server.config;

import org.jspecify.annotations.NullMarked;

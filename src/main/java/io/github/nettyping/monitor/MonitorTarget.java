package io.github.nettyping.monitor;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.internal.engine.TargetCheck;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom to watch, and how, if otherwise than {@link MonitorOptions} say. Immutable. */
public final class MonitorTarget {

    /** Null where it is the address: of a hundred thousand of them the texts take megabytes. */
    private final @Nullable String name;

    private final @Nullable IpAddress address;
    private final @Nullable Duration interval;
    private final @Nullable ProbeOptions probe;
    private final @Nullable Object label;
    private final @Nullable MonitoredTarget parent;

    private MonitorTarget(Builder builder) {
        this.name = builder.name;
        this.address = builder.address;
        this.interval = builder.interval;
        this.probe = builder.probe;
        this.label = builder.label;
        this.parent = builder.parent;
    }

    /**
     * {@return an address to watch}
     *
     * @param address of one host
     * @throws IllegalArgumentException if it is a multicast address
     */
    public static MonitorTarget of(InetAddress address) {
        return builder(address).build();
    }

    /**
     * {@return a name to watch, which is resolved now and then}
     *
     * @param name of a host
     */
    public static MonitorTarget of(String name) {
        return builder(name).build();
    }

    /**
     * {@return a builder for an address}
     *
     * @param address of one host
     * @throws IllegalArgumentException if it is a multicast address
     */
    public static Builder builder(InetAddress address) {
        IpAddress checked = TargetCheck.host(address, ProbeOptions.defaults());
        return new Builder(null, checked);
    }

    /**
     * {@return a builder for a name}
     *
     * @param name of a host
     */
    public static Builder builder(String name) {
        return new Builder(Objects.requireNonNull(name, "name"), null);
    }

    /** {@return the name, or the address in its usual form} */
    public String host() {
        return name == null ? String.valueOf(address) : name;
    }

    /** {@return the address; empty if a name was given} */
    public Optional<IpAddress> address() {
        return Optional.ofNullable(address);
    }

    /** {@return the time between two probes; empty for that of the options} */
    public Optional<Duration> interval() {
        return Optional.ofNullable(interval);
    }

    /** {@return what is sent; empty for that of the options} */
    public Optional<ProbeOptions> probe() {
        return Optional.ofNullable(probe);
    }

    /** {@return what the user attached to it} */
    public Optional<Object> label() {
        return Optional.ofNullable(label);
    }

    /** {@return the target on the way to it, without which it cannot be reached} */
    public Optional<MonitoredTarget> parent() {
        return Optional.ofNullable(parent);
    }

    @Override
    public String toString() {
        return host();
    }

    /** Builds a {@link MonitorTarget}. Confined to one thread. */
    public static final class Builder {

        private final @Nullable String name;
        private final @Nullable IpAddress address;
        private @Nullable Duration interval;
        private @Nullable ProbeOptions probe;
        private @Nullable Object label;
        private @Nullable MonitoredTarget parent;

        private Builder(@Nullable String name, @Nullable IpAddress address) {
            this.name = name;
            this.address = address;
        }

        /**
         * Sets the time between two probes; default {@link MonitorOptions#interval()}.
         *
         * @param value {@link MonitorOptions#MIN_INTERVAL} to {@link MonitorOptions#MAX_INTERVAL}
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder interval(Duration value) {
            Ranges.require("interval", value, MonitorOptions.MIN_INTERVAL, MonitorOptions.MAX_INTERVAL);
            this.interval = value;
            return this;
        }

        /**
         * Sets what is sent; default {@link MonitorOptions#probe()}.
         *
         * @param value one try for each probe, one reply
         * @return this builder
         * @throws IllegalArgumentException if it asks for more
         */
        public Builder probe(ProbeOptions value) {
            this.probe = MonitorOptions.checked(value);
            return this;
        }

        /**
         * Attaches an object, for the user's own purposes.
         *
         * @param value any
         * @return this builder
         */
        public Builder label(Object value) {
            this.label = Objects.requireNonNull(value, "label");
            return this;
        }

        /**
         * Names the target on the way to this one. While that is down, this one goes down as {@link StateReason.Behind}.
         *
         * @param value a target of the same monitor
         * @return this builder
         */
        public Builder parent(MonitoredTarget value) {
            this.parent = Objects.requireNonNull(value, "parent");
            return this;
        }

        /** {@return the target} */
        public MonitorTarget build() {
            return new MonitorTarget(this);
        }
    }
}

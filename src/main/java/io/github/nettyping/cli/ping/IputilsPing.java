package io.github.nettyping.cli.ping;

import io.github.nettyping.PingOptions;
import io.github.nettyping.PingResult;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.ping.iputils.HeaderOptionLines;
import io.github.nettyping.cli.ping.iputils.IputilsWords;
import io.github.nettyping.cli.ping.iputils.PingDamage;
import io.github.nettyping.cli.ping.iputils.PingLine;
import io.github.nettyping.cli.ping.iputils.PingLines;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One host under way as ping(8) of iputils shows it. Confined to the event loop.
 *
 * <p>No probe is ever given up while it runs: whatever comes is printed and counted. An ICMP error is printed at once, and
 * a reply may still follow.
 */
final class IputilsPing extends PingSession {

    /**
     * Where the lines of a host go.
     *
     * @param lines those about probes
     * @param err   what this host says itself
     * @param lead  what each line begins with
     * @param mtus  asked when a packet was too long
     */
    record Console(
            PingLines lines,
            PrintWriter err,
            String lead,
            InstantSource clock,
            IputilsLines.Wire wire,
            Function<IpAddress, OptionalInt> mtus) {}

    /** What a flood shows of a probe, of a reply, which takes the dot away, and of what else comes. */
    private static final String DOT = ".";

    private static final String REPLY = "\b \b";
    private static final String ERROR = "\bE";
    private static final String NOT_SENT = "E";
    private static final String CORRUPTED = "\bC";
    private static final long SHORTEST_LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String BELL = "\u0007";

    private final PingView view;
    private final IputilsLines text;
    private final Console console;
    private final int hosts;
    private final HeaderOptionLines headers;
    private boolean checking;
    /** What is wrong with the data of the reply that comes next. */
    private String damage = "";
    /** What is in its IPv4 header. */
    private Ipv4Options options = Ipv4Options.NONE;

    IputilsPing(EventLoop loop, PingHost host, PingPlan plan, PingView view, Console console, int hosts) {
        super(loop, host, plan);
        this.view = view;
        this.text = new IputilsLines(host, plan, view, console.lead(), console.wire());
        this.console = console;
        this.hosts = hosts;
        this.headers = new HeaderOptionLines(console.lead());
    }

    @Override
    PingOptions options(SendOptions packets) {
        return plan().patientOptions(hosts, host().group(), packets);
    }

    @Override
    void begin() {
        if (hosts == 1 || !view.quiet()) {
            console.lines().add(text.header());
        }
    }

    @Override
    void finish(boolean hurried) {
        if (hurried) {
            console.lines().hurry();
        }
        console.lines().whenEmpty(this::setOver);
    }

    @Override
    public void onSent(long sequence, int attempt, long sentAtNanos) {
        onTransmitted(sequence, true);
    }

    @Override
    public void onResult(PingResult result) {
        long sequence = result.sequence();
        if (result.outcome() instanceof Replied reply) {
            // Of a group it has been told when it came.
            if (!host().group()) {
                onReply(sequence, reply);
            }
        } else if (result.outcome() instanceof NotSent notSent && !isFarewell(notSent)) {
            onTransmitted(sequence, false);
            onNotSent(sequence, notSent);
        } else if (result.outcome() instanceof DroppedLocally dropped) {
            complain("icmp_seq=" + sequence + ": "
                    + dropped.lostInterface()
                            .map(name -> "interface " + name + " lost its carrier or changed its MTU")
                            .orElse("this host dropped received packets for lack of buffer space"));
        }
        // Else it is silence, which needs no words, or an error, which has been told when it came.
    }

    @Override
    public void onDuplicate(long sequence, Replied reply) {
        onReply(sequence, reply);
    }

    @Override
    public void onLate(long sequence, Replied reply) {
        onReply(sequence, reply);
    }

    @Override
    public void onDamaged(long sequence, Replied reply, ByteBuf payload) {
        // The reply itself is told next.
        damage = plan().randomPayload()
                ? PingDamage.ofRandom(payload, plan().payloadBytes())
                : PingDamage.of(payload, plan().filler(), plan().payloadBytes());
    }

    @Override
    public void onIpv4Options(long sequence, Replied reply, Ipv4Options found) {
        // The same.
        options = found;
    }

    @Override
    public void onNotice(long sequence, IcmpErrorOutcome notice) {
        if (!isEnded() && view.verbose() && !view.quiet() && !plan().flood()) {
            console.lines().add(text.notice(now(), sequence, notice));
        }
    }

    @Override
    public void onError(long sequence, IcmpErrorOutcome error) {
        if (!isEnded()) {
            tally().error(sequence, error.error().family());
            if (!view.quiet()) {
                if (plan().flood()) {
                    console.lines().mark(ERROR);
                } else {
                    console.lines().add(text.error(now(), sequence, error));
                }
            }
            endIfDone();
        }
    }

    @Override
    void onCorrupted() {
        super.onCorrupted();
        if (!isEnded() && plan().flood() && !view.quiet()) {
            console.lines().mark(CORRUPTED);
        }
    }

    /** {@code taken}: by the kernel, which may have refused it instead. */
    private void onTransmitted(long sequence, boolean taken) {
        long previous = tally().transmitted();
        // iputils tells it also when it is quiet.
        boolean outstanding = view.outstanding() && previous > 0 && !tally().isAnswered(previous);
        if (!transmitted(sequence)) {
            return;
        }
        if (outstanding) {
            console.lines().add(text.outstanding(now(), previous));
        }
        if (plan().flood() && !view.quiet() && taken) {
            console.lines().mark(DOT);
        }
        if (plan().isLast(sequence)) {
            linger(lingerNanos());
        }
    }

    /**
     * Once something has come, twice the longest round trip is enough to know; or an interval, if that is longer. Of a
     * flood the former may be microseconds, in which no event loop need have its turn.
     */
    private long lingerNanos() {
        long longest = Math.max(2 * tally().longestNanos(), SHORTEST_LINGER_NANOS);
        return tally().received() == 0
                ? plan().timeout().map(Duration::toNanos).orElse(Long.MAX_VALUE)
                : Math.max(longest, plan().shortestInterval().toNanos());
    }

    @Override
    public void onReply(long sequence, Replied reply) {
        if (!isEnded()) {
            boolean first = tally().reply(sequence, reply);
            String wrong = damage;
            damage = "";
            Ipv4Options found = options;
            options = Ipv4Options.NONE;
            if (!view.quiet()) {
                if (plan().flood()) {
                    console.lines().mark(view.audible() ? REPLY + BELL : REPLY);
                } else {
                    PingLine line = text.reply(now(), sequence, reply, !first, wrong);
                    console.lines().add(text.isTruncated(reply) ? line : headers.append(line, found));
                }
            }
            endIfDone();
        }
    }

    /** If other probes are out, what has come about them in the same moment counts, too: as in iputils. */
    private void endIfDone() {
        if (!plan().isDone(tally().received(), tally().errors())) {
            return;
        }
        if (tally().isAcknowledged()) {
            end();
        } else if (!checking) {
            checking = true;
            afterwards(this::end);
        }
    }

    private void onNotSent(long sequence, NotSent notSent) {
        if (isEnded()) {
            return;
        }
        boolean tooLong =
                notSent.cause().filter(cause -> cause.errno() == Errno.EMSGSIZE).isPresent();
        if (tooLong) {
            tally().tooLong();
        }
        if (plan().flood() && !view.quiet()) {
            console.lines().mark(NOT_SENT);
        } else {
            OptionalInt mtu = tooLong ? console.mtus().apply(host().address()) : OptionalInt.empty();
            complain(
                    mtu.isPresent()
                            ? IputilsWords.tooLong(host().address().family(), mtu.getAsInt())
                            : words(sequence, notSent));
        }
        if (tooLong) {
            endIfDone();
        }
    }

    private void complain(String message) {
        if (!isEnded() && !view.quiet()) {
            Complaints.print(console.err(), console.lead() + message);
        }
    }

    private static String words(long sequence, NotSent notSent) {
        Optional<SystemCallException> cause = notSent.cause();
        if (cause.isEmpty()) {
            String reason = notSent.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return "icmp_seq=" + sequence + ": not sent: " + reason;
        }
        // Without an attempt there was no packet, but a socket that could not be opened.
        return notSent.attempts() == 0 ? Complaints.of(cause.get()) : "sendmsg: " + IputilsWords.of(cause.get());
    }

    private Instant now() {
        return console.clock().instant();
    }
}

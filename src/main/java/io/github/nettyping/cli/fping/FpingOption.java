package io.github.nettyping.cli.fping;

import org.jspecify.annotations.Nullable;

/** The options of fping 5.5, in the order of the help. */
enum FpingOption {
    IPV4('4', "ipv4", null, "Ask IPv4 addresses only."),
    IPV6('6', "ipv6", null, "Ask IPv6 addresses only."),
    SIZE('b', "size", "BYTES", "Send a payload of so many bytes, 0 to 65507 (default: 56)."),
    BACKOFF('B', "backoff", "N", "Let each further try wait N times longer, 1.0 to 5.0 (default: 1.5)."),
    COUNT('c', "count", "N", "Ask each target N times, and print statistics at the end."),
    FILE('f', "file", "FILE", "Read the targets from FILE, or from standard input if it is -."),
    GENERATE('g', "generate", null, "Ask all addresses from the first word to the second, or of one network."),
    TTL('H', "ttl", "N", "Set the time to live or hop limit, 1 to 255."),
    INTERVAL('i', "interval", "MSEC", "Leave so much time between two packets, to whichever targets (default: 10)."),
    IFACE('I', "iface", "IFACE", "Send and receive by this interface only."),
    OIFACE('\0', "oiface", "IFACE", "Send by this interface, receive by any."),
    FWMARK('k', "fwmark", "FWMARK", "Mark the packets for routing rules and firewalls of this machine."),
    LOOP('l', "loop", null, "Ask each target again and again, until interrupted."),
    ALL('m', "all", null, "Ask every address that a name has, not just the first."),
    DONTFRAG('M', "dontfrag", null, "Forbid fragmentation."),
    TOS('O', "tos", "N", "Set the type of service or traffic class, 0 to 255 or 0x0 to 0xff."),
    PERIOD('p', "period", "MSEC", "With -c, -C and -l: ask each target once in so much time (default: 1000)."),
    RETRY('r', "retry", "N", "Without -c, -C and -l: ask a silent target N more times (default: 3)."),
    RANDOM('R', "random", null, "Fill the packets with bytes that look random."),
    SRC('S', "src", "IP", "Send from this address of this machine."),
    SEQMAP_TIMEOUT('\0', "seqmap-timeout", "MSEC", "Have no effect: sequence numbers do not run out here."),
    TIMEOUT(
            't',
            "timeout",
            "MSEC",
            "Wait so long for an answer (default: 500; with -c, -C and -l: as -p, at most 2000)."),
    SELECT_TIME('T', null, "N", "Have no effect, as in fping since 3.0."),
    CHECK_SOURCE('\0', "check-source", null, "Accept answers from the asked address only."),
    ICMP_TIMESTAMP('\0', "icmp-timestamp", null, "Send ICMP timestamp requests in place of echo requests."),
    ALIVE('a', "alive", null, "Print the targets that answer."),
    ADDR('A', "addr", null, "Name targets by their addresses."),
    VCOUNT('C', "vcount", "N", "Do as -c does, and print every round trip at the end."),
    RDNS('d', "rdns", null, "Name targets by what their addresses resolve to."),
    TIMESTAMP('D', "timestamp", null, "Begin each line with the time."),
    TIMESTAMP_FORMAT(
            '\0',
            "timestamp-format",
            "ctime|iso|rfc3339",
            "Write the time of -D like that (default: seconds since 1970)."),
    ELAPSED('e', "elapsed", null, "Print the round trip of each target that answers."),
    JSON('J', "json", null, "Print JSON, an object a line; needs -c, -C or -l."),
    NAME('n', "name", null, "Name targets that are given as addresses by what these resolve to."),
    NETDATA('N', "netdata", null, "Print what Netdata reads; needs -l and -Q."),
    OUTAGE('o', "outage", null, "Print how long targets were silent: lost probes times the period."),
    QUIET('q', "quiet", null, "Print nothing until the end."),
    SQUIET('Q', "squiet", "SECS[,cumulative]", "Do as -q does, and print statistics every SECS seconds."),
    STATS('s', "stats", null, "Print the sums over all targets at the end."),
    UNREACH('u', "unreach", null, "Print the targets that do not answer."),
    REACHABLE('x', "reachable", "N", "Tell at the end whether N targets answered."),
    FAST_REACHABLE('X', "fast-reachable", "N", "Do as -x does, and end as soon as N targets have answered."),
    PRINT_TOS('\0', "print-tos", null, "Print the type of service of each answer."),
    PRINT_TTL('\0', "print-ttl", null, "Print the time to live of each answer."),
    PRINT_REPLY_DST('\0', "print-reply-dst", null, "Print which address each answer came to, if -S says so."),
    HELP('h', "help", null, "Print this help."),
    VERSION('v', "version", null, "Print the version of fping that this stands in for.");

    private static final FpingOption[] ALL_OPTIONS = values();

    private static final int TEXT_COLUMN = 40;

    /** 0 for none. */
    final char letter;

    final @Nullable String longName;
    final @Nullable String value;
    final String description;

    FpingOption(char letter, @Nullable String longName, @Nullable String value, String description) {
        this.letter = letter;
        this.longName = longName;
        this.value = value;
        this.description = description;
    }

    static @Nullable FpingOption ofLetter(char letter) {
        for (FpingOption option : ALL_OPTIONS) {
            if (option.letter == letter && letter != 0) {
                return option;
            }
        }
        return null;
    }

    static @Nullable FpingOption ofName(String name) {
        for (FpingOption option : ALL_OPTIONS) {
            if (name.equals(option.longName)) {
                return option;
            }
        }
        return null;
    }

    /** Returns the help of a program; monitoring systems look for lines that begin with a letter they want to use. */
    static String usage(String program) {
        StringBuilder text = new StringBuilder("Usage: " + program + " [options] [targets...]\n\n"
                + "Asks many targets by ICMP, one after the other and round again. Targets are names and addresses;\n"
                + "without any, and without -f, they are read from standard input, one a line.\n\n"
                + "Probing options:\n");
        for (FpingOption option : ALL_OPTIONS) {
            text.append(option == ALIVE ? "\nOutput options:\n" : "");
            int begin = text.length();
            text.append("   ");
            if (option.letter != 0) {
                text.append('-').append(option.letter);
            } else {
                text.append("  ");
            }
            if (option.longName != null) {
                text.append(option.letter == 0 ? "  --" : ", --").append(option.longName);
                text.append(option.value == null ? "" : '=' + option.value);
            } else {
                text.append(' ').append(option.value);
            }
            text.append(' ');
            while (text.length() - begin < TEXT_COLUMN) {
                text.append(' ');
            }
            text.append(option.description).append('\n');
        }
        return text.append("""

                        Exit codes: 0 all targets answered, 1 some did not, or arguments are wrong, 2 a name was not
                        found, 4 a system call failed.
                        """).toString();
    }
}

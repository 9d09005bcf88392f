package io.github.nettyping.cli.fping;

/** The end before anything is sent: an exit code, and what is printed. */
@SuppressWarnings("serial") // Never serialised.
final class FpingExit extends RuntimeException {

    final int code;
    final String out;
    final String err;

    private FpingExit(int code, String out, String err) {
        super(err, null, false, false);
        this.code = code;
        this.out = out;
        this.err = err;
    }

    /** Ends as asked for: the text goes to standard output. */
    static FpingExit answered(String text) {
        return new FpingExit(0, text, "");
    }

    /** Ends because of the arguments. */
    static FpingExit refused(String text) {
        return new FpingExit(1, "", text);
    }

    /** Ends because of this machine. */
    static FpingExit failed(String text) {
        return new FpingExit(4, "", text);
    }

    /** Ends without a word, since there is nobody to ask. */
    static FpingExit nobody(boolean unknownNames) {
        return new FpingExit(unknownNames ? 2 : 1, "", "");
    }
}

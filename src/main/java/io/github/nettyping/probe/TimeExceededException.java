package io.github.nettyping.probe;

/**
 * A node gave the probe up for its age. Of this class itself are codes without a meaning; both families have code 0,
 * {@link HopLimitExceededException}, and code 1, {@link ReassemblyTimeoutException}. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-6">RFC 792, Time Exceeded Message</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-3.3">RFC 4443, section 3.3</a>
 */
public sealed class TimeExceededException extends IcmpErrorException
        permits HopLimitExceededException, ReassemblyTimeoutException {

    private static final long serialVersionUID = 1L;

    TimeExceededException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}

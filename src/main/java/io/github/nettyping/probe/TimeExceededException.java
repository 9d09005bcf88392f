package io.github.nettyping.probe;

/**
 * A node discarded the probe because its time was up. Both families have code 0, {@link HopLimitExceededException}, and
 * code 1, {@link ReassemblyTimeoutException}; other codes are this class itself. Immutable.
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

package io.github.nettyping.probe;

/**
 * A node could not deliver the probe. The subclasses say why, the same for both families. Codes that fit none of them
 * are this class itself. Immutable.
 *
 * <table class="striped">
 * <caption>Codes</caption>
 * <thead><tr><th scope="col">class</th><th scope="col">ICMP, type 3</th><th scope="col">ICMPv6, type 1</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@link NetworkUnreachableException}</th><td>0, 6, 11</td><td>0</td></tr>
 * <tr><th scope="row">{@link HostUnreachableException}</th><td>1, 7, 12</td><td>3</td></tr>
 * <tr><th scope="row">{@link ProtocolUnreachableException}</th><td>2</td><td>none</td></tr>
 * <tr><th scope="row">{@link PortUnreachableException}</th><td>3</td><td>4</td></tr>
 * <tr><th scope="row">{@link FragmentationNeededException}</th><td>4</td><td>type 2</td></tr>
 * <tr><th scope="row">{@link SourceRouteFailedException}</th><td>5</td><td>7</td></tr>
 * <tr><th scope="row">{@link CommunicationProhibitedException}</th><td>9, 10, 13, 14, 15</td><td>1, 5, 6</td></tr>
 * <tr><th scope="row">this class</th><td>8, others</td><td>2, 8, 9, others</td></tr>
 * </tbody></table>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1812#section-5.2.7.1">RFC 1812, section 5.2.7.1</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-3.1">RFC 4443, section 3.1</a>
 */
public sealed class DestinationUnreachableException extends IcmpErrorException
        permits NetworkUnreachableException,
                HostUnreachableException,
                ProtocolUnreachableException,
                PortUnreachableException,
                FragmentationNeededException,
                SourceRouteFailedException,
                CommunicationProhibitedException {

    private static final long serialVersionUID = 1L;

    DestinationUnreachableException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}

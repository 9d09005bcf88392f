package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import java.util.List;

/**
 * The MPLS labels a packet arrived with at the router that reports the error. Immutable.
 *
 * @param labels the entries of the stack, the outermost first; never empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4950">RFC 4950</a>
 */
public record MplsLabelStack(List<Label> labels) implements ExtensionObject {

    static final int CLASS_NUMBER = 1;

    /** The only type of this class: the incoming stack. RFC 4950, section 5. */
    static final int INCOMING = 1;

    private static final int MAX_LABEL = 0xfffff;
    private static final int MAX_TRAFFIC_CLASS = 7;
    private static final int MAX_TTL = 255;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are none
     */
    public MplsLabelStack {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels: none (expected: 1 or more)");
        }
    }

    @Override
    public int classNumber() {
        return CLASS_NUMBER;
    }

    @Override
    public int type() {
        return INCOMING;
    }

    /**
     * One entry of a stack. Immutable.
     *
     * @param value         the label, 0 to 1,048,575
     * @param trafficClass  once called the experimental bits, 0 to 7
     * @param bottomOfStack whether no entry follows
     * @param ttl           time to live, 0 to 255
     * @see <a href="https://www.rfc-editor.org/rfc/rfc3032#section-2.1">RFC 3032, section 2.1</a>,
     *     <a href="https://www.rfc-editor.org/rfc/rfc5462">RFC 5462</a>
     */
    public record Label(int value, int trafficClass, boolean bottomOfStack, int ttl) {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a number is out of range; the message names it
         */
        public Label {
            Ranges.require("value", value, 0, MAX_LABEL);
            Ranges.require("trafficClass", trafficClass, 0, MAX_TRAFFIC_CLASS);
            Ranges.require("ttl", ttl, 0, MAX_TTL);
        }
    }
}

package io.github.nettyping.diagnosis;

import java.util.List;

/**
 * What can be done about a problem. If a problem has several remedies, any one of them is enough. Immutable.
 *
 * @param mends    the problem
 * @param effect   what is possible afterwards, and for whom
 * @param commands for a shell, to be run in this order; {@link #COMMAND} stands for the program to start with its
 *                 arguments, {@link #IMAGE} for the rest of the command that starts the container. Empty if no command
 *                 works everywhere
 * @param needs    who can do it
 */
public record Remedy(Problem mends, String effect, List<String> commands, Needs needs) {

    /** Stands for the program to start, with its arguments. */
    public static final String COMMAND = "COMMAND";

    /** Stands for the rest of the command that starts the container. */
    public static final String IMAGE = "IMAGE";

    /** Who can apply a remedy. */
    public enum Needs {
        /** Anybody. */
        NOTHING,
        /** Root, here. */
        ROOT,
        /** Root in the machine's first network namespace, outside of containers. */
        ROOT_OF_HOST,
        /** Whoever starts the container. */
        CONTAINER_START,
        /** Whoever can boot the machine again. */
        REBOOT
    }
}

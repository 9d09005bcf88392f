package io.github.nettyping.diagnosis;

import java.util.List;

/**
 * What somebody can do about a problem. Several remedies of one problem are alternatives. Immutable.
 *
 * @param mends    the problem
 * @param effect   what it is like then, and for whom
 * @param commands for a shell, to be run one after the other; {@link #COMMAND} stands for the program to start with its
 *                 arguments, {@link #IMAGE} for the rest of the command that starts the container. Empty where there is
 *                 no command that works everywhere
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
        /** Root in the first network namespace of the machine, outside of containers. */
        ROOT_OF_HOST,
        /** Who starts the container. */
        CONTAINER_START,
        /** Who can boot the machine again. */
        REBOOT
    }

    /** Copies the commands. */
    public Remedy {
        commands = List.copyOf(commands);
    }
}

package io.github.nettyping.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program. Stateless. */
final class Version {

    private Version() {}

    /** Returns what the jar's manifest says; classes outside a jar have no version. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Tells picocli. Apart from the rest, which needs no class of picocli. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"nettyping " + text()};
        }
    }
}

package io.github.nettyping.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program. Stateless. */
final class Version implements IVersionProvider {

    /** Returns what the jar's manifest says; classes outside a jar have no version. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"nettyping " + text()};
    }
}

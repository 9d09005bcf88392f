package io.github.nettyping.cli.format;

/** The forms of a summary or a report by the names the command line has for them. */
public enum SummaryForm {
    TEXT,
    JSON
}

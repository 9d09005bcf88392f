package io.github.nettyping.cli;

/** The forms of a summary or a report by the names the command line has for them. */
public enum SummaryForm {
    TEXT,
    JSON
}

package io.github.nettyping.cli.option;

import io.github.nettyping.cli.format.SummaryForm;
import picocli.CommandLine.Option;

/** In which form the summary is printed. To be mixed into a command; confined to its thread. */
public final class SummaryOption {

    @Option(
            names = "--summary",
            paramLabel = "text|json",
            defaultValue = "text",
            converter = OptionTypes.Summary.class,
            description = "Print the summary in this form; json is one line, the last (default: ${DEFAULT-VALUE}).")
    private SummaryForm form = SummaryForm.TEXT;

    public SummaryForm form() {
        return form;
    }

    /** Does what the option does with this word. */
    public void take(String word) {
        form = new OptionTypes.Summary().convert(word);
    }
}

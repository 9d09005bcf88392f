package io.github.nettyping.cli.doctor;

import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.Printout;
import io.github.nettyping.diagnosis.Diagnosis;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code doctor}: what this machine permits, and what mends what it does not. */
@Command(
        name = "doctor",
        description = "Tells what this machine permits, and which commands permit the rest.",
        footer = {
            "",
            "Sends a few echo requests to 127.0.0.1 and ::1, and nothing elsewhere.",
            "Exit codes: 0 some socket kind opens, 3 bad arguments, 4 none does."
        })
@SuppressWarnings("NullAway.Init")
public // picocli sets what has a default.
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            converter = OptionTypes.Summary.class,
            description = "Print the report in this form; json is one line (default: ${DEFAULT-VALUE}).")
    private SummaryForm format;

    @Mixin
    private ColourOption colour;

    @Override
    public Integer call() {
        Diagnosis diagnosis = Diagnosis.ofThisMachine();
        String report =
                switch (format) {
                    case TEXT -> DoctorText.of(diagnosis, colour.ofResults(false));
                    case JSON -> DoctorJson.of(diagnosis) + "\n";
                };
        ExitCode verdict = diagnosis.canPing() ? ExitCode.OK : ExitCode.SYSTEM;
        return print(report, diagnosis).orWorse(verdict).code();
    }

    private ExitCode print(String report, Diagnosis diagnosis) {
        if (diagnosis.nativeLibraries().failure().isPresent()) {
            // Standard output as it is used elsewhere is a part of them.
            spec.commandLine().getOut().print(report);
            return ExitCode.OK;
        }
        return Printout.print(report, spec.commandLine().getErr());
    }
}

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the test reports that Maven left, fails if an integration test was skipped that may not be, and ends with
 * the count of all tests in Maven's own words.
 *
 * <pre>java CheckSkips.java ALLOWED-SKIPS-FILE TARGET-DIRECTORY</pre>
 *
 * <p>Fails too if no test ran, so that a build that tested nothing does not pass.
 */
final class CheckSkips {

    private final Set<String> allowed;
    private final List<String> forbidden = new ArrayList<>();
    private int run;
    private int failures;
    private int errors;
    private int skipped;

    private CheckSkips(Set<String> allowed) {
        this.allowed = allowed;
    }

    public static void main(String[] args) throws Exception {
        CheckSkips check = new CheckSkips(readAllowed(Path.of(args[0])));
        check.readReports(Path.of(args[1], "surefire-reports"), false);
        check.readReports(Path.of(args[1], "failsafe-reports"), true);
        System.exit(check.report() ? 0 : 1);
    }

    private static Set<String> readAllowed(Path file) throws IOException {
        Set<String> allowed = new HashSet<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            // The name may have a # of its own: Class#method   # reason
            String[] nameAndReason = line.split("\\s+#\\s*", 2);
            if (nameAndReason.length < 2 || nameAndReason[1].isBlank()) {
                throw new IOException(file + ": \"" + line + "\" (expected: Class or Class#method, then # and why)");
            }
            allowed.add(nameAndReason[0].strip());
        }
        return allowed;
    }

    private void readReports(Path directory, boolean integration) throws Exception {
        if (!Files.isDirectory(directory)) {
            return;
        }
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
            for (Path file : files) {
                readReport(parser.parse(new File(file.toString())).getDocumentElement(), integration);
            }
        }
    }

    private void readReport(Element suite, boolean integration) {
        run += Integer.parseInt(suite.getAttribute("tests"));
        failures += Integer.parseInt(suite.getAttribute("failures"));
        errors += Integer.parseInt(suite.getAttribute("errors"));
        skipped += Integer.parseInt(suite.getAttribute("skipped"));
        if (!integration) {
            return;
        }
        NodeList cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            NodeList skips = test.getElementsByTagName("skipped");
            if (skips.getLength() > 0 && !isAllowed(test.getAttribute("classname"), test.getAttribute("name"))) {
                String reason = ((Element) skips.item(0)).getAttribute("message");
                forbidden.add(test.getAttribute("classname") + "#" + test.getAttribute("name") + ": " + reason);
            }
        }
    }

    private boolean isAllowed(String className, String name) {
        // Parameterised: "method(int)[3]" or "method{int}[3]". A class skipped as a whole has no method name.
        String method = name.replaceFirst("[({\\[].*", "");
        String outer = className.replaceFirst("\\$.*", "");
        for (String known : List.of(className, simple(className), outer, simple(outer))) {
            if (allowed.contains(known) || allowed.contains(known + "#" + method)) {
                return true;
            }
        }
        return false;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private boolean report() {
        for (String test : forbidden) {
            System.out.println("Skipped, and not on the list of those that may be: " + test);
        }
        if (run == 0) {
            System.out.println("No test ran.");
        }
        System.out.printf(
                "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d%n", run, failures, errors, skipped);
        return forbidden.isEmpty() && run > 0 && failures + errors == 0;
    }
}

package io.github.nettyping.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What the documents say in Java, XML, links and names of classes is so. */
class DocumentsTest {

    private static final Path DOCS = Path.of("docs");
    private static final Path EXAMPLES = Path.of("src/test/java/io/github/nettyping/examples");

    /** A class name with a lower-case letter in it, alone or before a member; not an option, a file or an errno. */
    private static final Pattern CLASS_NAME = Pattern.compile("@?([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.#(<].*)?");

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
    private static final Pattern IMPORTED = Pattern.compile("import (?:static )?[\\w.]*?\\.([A-Z]\\w*)");

    /** The Java of a package's manual, between the lines of its comment. */
    private static final Pattern JAVADOC_CODE = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        documents.addAll(filesUnder(DOCS, ".md"));
        return documents.stream();
    }

    /** Beside the documents, those whose classes are in no source of this project's own, or were once. */
    static Stream<Path> documentsWithLinks() throws IOException {
        return Stream.concat(documents(), Stream.of(Path.of("bench/README.md"), Path.of("CHANGELOG.md")));
    }

    static Stream<Path> manuals() throws IOException {
        return filesUnder(Path.of("src/main/java"), "package-info.java").stream();
    }

    private static List<Path> filesUnder(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void javaIsQuotedFromAnExample(Path document) throws IOException {
        Collection<String> excerpts = Excerpts.ofFolder(EXAMPLES).values();
        for (Markdown.Block block : Markdown.read(document).blocks()) {
            if (block.language().equals("java")) {
                assertThat(excerpts).as(document + ":" + block.line()).contains(block.text());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("manuals")
    void javaOfAPackagesManualIsQuotedFromAnExample(Path manual) throws IOException {
        Collection<String> excerpts = Excerpts.ofFolder(EXAMPLES).values();
        for (String code : javaOf(manual)) {
            assertThat(excerpts).as(manual.toString()).contains(code);
        }
    }

    private static List<String> javaOf(Path manual) throws IOException {
        return JAVADOC_CODE
                .matcher(Files.readString(manual))
                .results()
                .map(code -> code.group(1).replaceAll("(?m)^ \\* ?", ""))
                .toList();
    }

    @Test
    void everyMarkedExcerptIsQuoted() throws IOException {
        Set<String> quoted = new HashSet<>();
        for (Path document : documents().toList()) {
            Markdown.read(document).blocks().forEach(block -> quoted.add(block.text()));
        }
        for (Path manual : manuals().toList()) {
            quoted.addAll(javaOf(manual));
        }
        assertThat(Excerpts.ofFolder(EXAMPLES)).isNotEmpty().allSatisfy((name, excerpt) -> assertThat(quoted)
                .contains(excerpt));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void codeSaysItsLanguage(Path document) throws IOException {
        assertThat(Markdown.read(document).blocks())
                .extracting(Markdown.Block::language)
                .isSubsetOf("java", "xml", "yaml", "ini");
    }

    /** The only XML is what makes a project depend on this one; {@code consumer-test.sh} does just that. */
    @ParameterizedTest
    @MethodSource("documents")
    void xmlIsTheDependencyOnThisVersion(Path document) throws Exception {
        Element project = xml(Files.readString(Path.of("pom.xml")));
        for (Markdown.Block block : Markdown.read(document).blocks()) {
            if (block.language().equals("xml")) {
                Element dependency = xml(block.text());
                assertThat(dependency.getTagName()).isEqualTo("dependency");
                for (String coordinate : List.of("groupId", "artifactId", "version")) {
                    assertThat(childText(dependency, coordinate))
                            .as(document + ":" + block.line())
                            .isEqualTo(childText(project, coordinate));
                }
            }
        }
    }

    private static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }

    private static String childText(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void yamlIsIndentedByTwoAndNamesEveryValue(Path document) throws IOException {
        for (Markdown.Block block : Markdown.read(document).blocks()) {
            if (block.language().equals("yaml")) {
                assertThat(block.text().lines())
                        .as(document + ":" + block.line())
                        .allMatch(line -> line.matches("(?:  )*(?:- )?[A-Za-z]+:(?: [^\\t]+)?"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documentsWithLinks")
    void linksLeadSomewhere(Path document) throws IOException {
        for (String link : Markdown.read(document).links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document
                    : document.resolveSibling(parts[0]).normalize();
            assertThat(target).as(document + ": " + link).exists();
            if (parts.length == 2) {
                assertThat(Markdown.read(target).anchors())
                        .as(document + ": " + link)
                        .contains(parts[1]);
            }
        }
    }

    /** But for decisions: they tell of what was considered then. */
    static Stream<Path> documentsOfToday() throws IOException {
        return documents().filter(document -> !document.startsWith(DOCS.resolve("adr")));
    }

    @ParameterizedTest
    @MethodSource("documentsOfToday")
    void classesThatAreNamedExist(Path document) throws IOException {
        Set<String> known = classNames();
        List<String> unknown = Markdown.read(document).code().stream()
                .map(CLASS_NAME::matcher)
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .filter(name -> !known.contains(name) && !isOfJavaLang(name))
                .toList();
        assertThat(unknown).as(document.toString()).isEmpty();
    }

    private static boolean isOfJavaLang(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Returns the names of all classes that the sources declare or import. */
    private static Set<String> classNames() throws IOException {
        Set<String> names = new HashSet<>();
        for (Path file : filesUnder(Path.of("src"), ".java")) {
            String source = Files.readString(file);
            Stream.of(DECLARED, IMPORTED)
                    .flatMap(pattern -> pattern.matcher(source).results())
                    .map(name -> name.group(1))
                    .forEach(names::add);
        }
        return names;
    }
}

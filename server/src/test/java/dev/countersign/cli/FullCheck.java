package dev.countersign.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What {@code mvn verify} checks beyond {@code -Dquick}: the format, Error Prone and NullAway, with the options of the parent
 * pom. Error Prone opens the compiler's own packages and the formatter reads with the JDK that runs it, so each runs in a
 * process of its own.
 */
final class FullCheck {
    /** The file, named by a build without {@code -Dquick}, that holds the class path of the checkers. */
    static final String CHECKERS = "checkers";

    private static final String COMPILER = "/build/pluginManagement/plugins/plugin[artifactId='maven-compiler-plugin']";
    private static final String STRICT = "/project/profiles/profile[id='strict']" + COMPILER;
    private static final String ARGUMENTS = "/configuration/compilerArgs/arg";

    private final Path checkout = Path.of("..").toAbsolutePath().normalize();
    private final Path checkers;

    FullCheck() {
        this.checkers = Path.of(System.getProperty(CHECKERS));
    }

    /** What the formatter says of the sources below a folder; empty when all is well. */
    String format(Path folder) {
        var formatter = checkout.resolve(".mvn/Format.java").toString();
        return run(List.of(
                "java",
                "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED",
                "-classpath",
                content(checkers),
                formatter,
                "check",
                folder.toString()));
    }

    /** What the compiler says of code and tests of these modules; empty when all is well. */
    String compile(List<MadeConnector> made, Path classes) {
        return compile(made, classes, "src/main", "default-compile")
                + compile(made, classes, "src/test", "default-testCompile");
    }

    private String compile(List<MadeConnector> made, Path classes, String sources, String execution) {
        var command = new ArrayList<>(List.of("javac"));
        command.addAll(options("/project" + COMPILER + ARGUMENTS));
        command.addAll(options(STRICT + ARGUMENTS));
        command.addAll(options(STRICT + "/executions/execution[id='" + execution + "']" + ARGUMENTS));
        command.addAll(
                List.of("-parameters", "-proc:none", "-processorpath", content(checkers), "-d", classes.toString()));
        command.addAll(List.of("-classpath", MadeConnector.CLASS_PATH + File.pathSeparator + classes));
        made.forEach(module -> module.filesUnder(sources, ".java").forEach(source -> command.add(source.toString())));
        return run(command);
    }

    private List<String> options(String path) {
        try {
            var pom = parsed(checkout.resolve("pom.xml"));
            var xpath = XPathFactory.newInstance().newXPath();
            var checks = xpath.evaluate("/project/properties/errorprone.checks", pom);
            var found = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
            var options = new ArrayList<String>();
            for (int i = 0; i < found.getLength(); i++) {
                options.add(found.item(i).getTextContent().replace("${errorprone.checks}", checks));
            }
            if (options.isEmpty()) {
                throw new IllegalStateException("the parent pom has no " + path);
            }
            return options;
        } catch (XPathExpressionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document parsed(Path pom) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a program of this JDK, and gives what it said and its status when that is not 0 or it warned. */
    private static String run(List<String> command) {
        var program = Path.of(System.getProperty("java.home"), "bin", command.getFirst());
        var whole = new ArrayList<>(command);
        whole.set(0, program.toString());
        try {
            var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            return status == 0 && !said.contains("warning:") ? "" : said + "ended with " + status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

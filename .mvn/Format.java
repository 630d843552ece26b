import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Checks or applies palantir-java-format on every {@code src/**}{@code /*.java} below a folder. The formatter parses with
 * the JDK that runs it, so the build starts this in a process of JDK 25, whatever Java Maven has. The formatter's own
 * command line takes only single files and does not say how to mend what it finds; hence these lines.
 */
public final class Format {
    private static final Set<String> SKIPPED = Set.of("target", "node_modules", "data");
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    public static void main(String[] arguments) throws IOException {
        var apply = arguments[0].equals("apply");
        var root = Path.of(arguments[1]);
        var findings = sources(root).parallelStream()
                .map(file -> look(file, apply))
                .filter(Objects::nonNull)
                .toList();
        findings.forEach(finding -> System.err.println(finding.startsWith(root.toString()) ? finding.substring(
                root.toString().length() + 1) : finding));
        var broken = findings.stream().anyMatch(finding -> finding.contains(": "));
        if (broken || (!apply && !findings.isEmpty())) {
            System.err.println(broken
                    ? "These files cannot be formatted; mend them first."
                    : "These files are not formatted. Run: mvn -q validate -Dformat");
            System.exit(1);
        }
    }

    /** Returns the file's name when it was not formatted, with a reason when it cannot be, else null. */
    private static String look(Path file, boolean apply) {
        try {
            var before = Files.readString(file);
            var after = FORMATTER.formatSourceAndFixImports(before);
            if (before.equals(after)) {
                return null;
            }
            if (apply) {
                Files.writeString(file, after);
            }
            return file.toString();
        } catch (FormatterException e) {
            return file + ": " + e.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        var sources = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                var skipped = !folder.equals(root) && !inSource(root, folder) && (name.startsWith(".") || SKIPPED.contains(name));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java") && inSource(root, file)) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    private static boolean inSource(Path root, Path path) {
        for (var part : root.relativize(path)) {
            if (part.toString().equals("src")) {
                return true;
            }
        }
        return false;
    }
}

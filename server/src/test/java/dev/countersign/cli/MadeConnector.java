package dev.countersign.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A module that {@code connector new} made in a folder that looks like a checkout, compiled as strictly as javac can.
 *
 * @param folder the module
 */
public record MadeConnector(Path folder) {
    static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    /** @param checkout an empty folder */
    public static MadeConnector make(Path checkout, String name) {
        copyPoms(checkout);
        return new MadeConnector(new NewConnector(checkout, name, Optional.empty()).make());
    }

    /** What the command looks for: the poms, and the folder of connectors. */
    static void copyPoms(Path checkout) {
        try {
            Files.createDirectories(checkout.resolve("connectors/api"));
            Files.createDirectories(checkout.resolve("server"));
            Files.copy(Path.of("../pom.xml"), checkout.resolve("pom.xml"));
            Files.copy(Path.of("pom.xml"), checkout.resolve("server/pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles code and tests, and gives the folder of classes with the resources beside them. */
    public Path compile() {
        var classes = folder.resolve("target/classes");
        var said = new StringWriter();
        var options = List.of(
                "-d",
                classes.toString(),
                "-Xlint:all,-processing,-serial,-path",
                "-Werror",
                "-parameters",
                "-proc:none",
                "-classpath",
                CLASS_PATH);
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(filesUnder("src", ".java"));
            if (!compiler.getTask(said, files, null, options, null, sources).call()) {
                throw new AssertionError(said.toString());
            }
            copyResources("src/main/resources", classes);
            copyResources("src/test/resources", classes);
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs the classes as a build would. */
    public void pack(Path jar) {
        var classes = compile();
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var walk = Files.walk(classes)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of the module below one of its folders. */
    List<Path> filesUnder(String below, String ending) {
        try (Stream<Path> walk = Files.walk(folder.resolve(below))) {
            return new ArrayList<>(
                    walk.filter(file -> file.toString().endsWith(ending)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyResources(String from, Path classes) throws IOException {
        var root = folder.resolve(from);
        for (var file : filesUnder(from, "")) {
            if (Files.isRegularFile(file)) {
                var copy = classes.resolve(root.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the class path that it runs with into a file, for tests that start a tool of the build. */
public final class ClassPath {
    private ClassPath() {}

    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, System.getProperty("java.class.path"));
    }
}

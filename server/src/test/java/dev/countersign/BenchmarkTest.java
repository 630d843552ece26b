package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark is compiled by its script only: here it is seen whether it still fits the product. */
class BenchmarkTest {
    @Test
    void itsSources_compile(@TempDir Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var sources = Files.walk(Path.of("bench"));
                var files = compiler.getStandardFileManager(null, null, null)) {
            var java = sources.filter(file -> file.toString().endsWith(".java")).toList();

            var compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjectsFromPaths(java))
                    .call();

            assertThat(java).isNotEmpty();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }
}

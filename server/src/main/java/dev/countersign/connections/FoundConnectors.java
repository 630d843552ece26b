package dev.countersign.connections;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/**
 * The connectors that are there: those that Countersign was built with, and those of jars in a folder, each with a class
 * loader of its own. A jar that is not good is left out with the reason; code in a jar is trusted as Countersign's own.
 */
public final class FoundConnectors implements AutoCloseable {
    private final List<Connector> all = new ArrayList<>();
    private final Map<String, Path> jars = new LinkedHashMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final Consumer<Tool<?, ?>> check;

    /**
     * A jar that was left out.
     *
     * @param reason the second half of a sentence
     * @param isDouble whether a connector of its id is there already
     */
    public record Refused(Path jar, String reason, boolean isDouble) {}

    private static final class DoubleException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        DoubleException(String id) {
            super("there is a connector '" + id + "' already");
        }
    }

    private FoundConnectors(Consumer<Tool<?, ?>> check) {
        this.check = check;
    }

    /**
     * Looks at both.
     *
     * @param folder of jars; none when it is absent
     * @param check fails for a tool that could not be served
     */
    public static FoundConnectors find(Path folder, Consumer<Tool<?, ?>> check) {
        var found = new FoundConnectors(check);
        ServiceLoader.load(Connector.class).forEach(found.all::add);
        found.jarsIn(folder).forEach(found::add);
        return found;
    }

    private List<Path> jarsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            refused.add(new Refused(folder, "the folder cannot be read", false));
            return List.of();
        }
    }

    private void add(Path jar) {
        var problem = othersCanWrite(jar);
        if (problem.isPresent()) {
            refused.add(new Refused(jar, problem.get(), false));
            return;
        }
        URLClassLoader loader = null;
        try {
            new JarFile(jar.toFile()).close(); // a class loader takes what is none for an empty one
            loader = new URLClassLoader(
                    "connector " + jar.getFileName(), new URL[] {jar.toUri().toURL()}, new SharedClasses());
            var connectors = connectorsOf(loader);
            loaders.add(loader);
            all.addAll(connectors);
            connectors.forEach(connector -> jars.put(connector.id(), jar));
        } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
            refused.add(new Refused(jar, reason(e), e instanceof DoubleException));
            close(loader);
        }
    }

    /** Whoever can change the jar, or put another in its place, is whoever runs Countersign. */
    private static Optional<String> othersCanWrite(Path jar) {
        for (var path : List.of(jar, jar.toAbsolutePath().getParent())) {
            try {
                if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                    return Optional.of("every user of this computer can write " + path + "; run chmod o-w on it");
                }
            } catch (UnsupportedOperationException e) {
                return Optional.empty(); // no POSIX file system
            } catch (IOException e) {
                return Optional.of("the file cannot be looked at");
            }
        }
        return Optional.empty();
    }

    private List<Connector> connectorsOf(ClassLoader loader) {
        var connectors = ServiceLoader.load(Connector.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (connectors.isEmpty()) {
            throw new IllegalArgumentException(
                    "it names no connector in META-INF/services/" + Connector.class.getName());
        }
        var ids = new HashSet<>(all.stream().map(Connector::id).toList());
        for (var connector : connectors) {
            if (!connector.id().matches("[a-z][a-z0-9-]{0,40}")) {
                throw new IllegalArgumentException("its id is not of a to z, 0 to 9 and hyphens");
            }
            if (!ids.add(connector.id())) {
                throw new DoubleException(connector.id());
            }
            checkScopes(connector);
            checkTools(connector);
        }
        return connectors;
    }

    private static void checkScopes(Connector connector) {
        for (var scope : connector.scopes()) {
            if (!scope.id().startsWith(connector.id() + ":") || Scope.isOwn(scope.id())) {
                throw new IllegalArgumentException(
                        "its scope '" + scope.id() + "' must begin with '" + connector.id() + ":'");
            }
        }
    }

    /** Another connector's tools cannot be replaced, since each has its id in front; and each can be served. */
    private void checkTools(Connector connector) {
        var names = new HashSet<>(all.stream()
                .flatMap(other -> other.tools().stream())
                .map(Tool::name)
                .toList());
        var prefix = connector.id().replace('-', '_') + "_";
        for (var tool : connector.tools()) {
            if (!tool.name().startsWith(prefix) || !names.add(tool.name())) {
                throw new IllegalArgumentException(
                        "its tool '" + tool.name() + "' must begin with '" + prefix + "' and be there once");
            }
            check.accept(tool);
        }
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case UnsupportedClassVersionError e -> "it was compiled for a newer Java than this one";
            case NoClassDefFoundError e ->
                "it needs the class " + String.valueOf(e.getMessage()).replace('/', '.')
                        + ", which is neither in it nor in the connector API; bundle its libraries";
            case LinkageError e -> "it was built against another version of the connector API (" + e.getMessage() + ")";
            case ServiceConfigurationError e ->
                Optional.ofNullable(e.getCause())
                        .map(FoundConnectors::reason)
                        .orElse("its META-INF/services names what it does not have (" + e.getMessage() + ")");
            case IllegalArgumentException e -> String.valueOf(e.getMessage());
            case ZipException e -> "it is no jar, or a damaged one";
            case IOException e -> "it cannot be read";
            default -> "it failed with " + failure.getClass().getSimpleName();
        };
    }

    /** All that can be used, those of the build first. */
    public List<Connector> all() {
        return List.copyOf(all);
    }

    /** The jar that a connector came in; empty for one of the build. */
    public Optional<Path> jarOf(Connector connector) {
        return Optional.ofNullable(jars.get(connector.id()));
    }

    public List<Refused> refused() {
        return List.copyOf(refused);
    }

    private static void close(@org.jspecify.annotations.Nullable URLClassLoader loader) {
        if (loader != null) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        loaders.forEach(FoundConnectors::close);
    }

    /** What a connector in a jar shares with the server: the JDK, the connector API, services and SLF4J; nothing else of ours. */
    private static final class SharedClasses extends ClassLoader {
        private static final Set<String> PACKAGES =
                Set.of("dev.countersign.connector", "dev.countersign.connector.workspace");

        private static final String LOGGING = "org.slf4j.";

        SharedClasses() {
            super("connector api", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            int end = Math.max(0, name.lastIndexOf('.'));
            if (PACKAGES.contains(name.substring(0, end)) || name.startsWith(LOGGING)) {
                return Class.forName(name, false, FoundConnectors.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}

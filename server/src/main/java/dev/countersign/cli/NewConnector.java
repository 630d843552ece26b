package dev.countersign.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Makes the module of a new connector in a checkout: everything is looked at first, then everything is written. */
final class NewConnector {
    /** What the templates are formatted for; a longer name would break their lines. */
    private static final int MOST_NAME = 20;

    /** A setting beside the connectors, and what scopes and tools of Countersign's own begin with. */
    private static final Set<String> TAKEN =
            Set.of("folder", "accounts", "calendar", "contacts", "files", "mail", "search");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final String LAST_MODULE = "    <module>server</module>\n";

    /** The api is what server compiles against; connectors stand after it. */
    private static final Pattern API_DEPENDENCY = Pattern.compile(
            "    <dependency>\\s*<groupId>dev\\.countersign</groupId>\\s*<artifactId>countersign-connector-api</artifactId>\\s*<version>[^<]*</version>\\s*</dependency>\n");

    private final Path checkout;
    private final String id;
    private final Optional<String> word;

    /** @param word for what it is about; empty to find one in its name */
    NewConnector(Path checkout, String id, Optional<String> word) {
        this.checkout = checkout;
        this.id = id;
        this.word = word;
    }

    /** Gives the module's folder. Fails with {@link CommandException} before anything is written. */
    Path make() {
        checkName();
        checkCheckout();
        checkFree();
        var parent = checkout.resolve("pom.xml");
        var server = checkout.resolve("server/pom.xml");
        var changed = new LinkedHashMap<Path, String>();
        changed.put(parent, withModule(read(parent)));
        changed.put(server, withDependency(read(server)));
        var thing = word.map(Thing::named).orElseGet(() -> Thing.of(id));
        var files = files(thing, version(read(parent)));
        try {
            for (var file : files.entrySet()) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
            for (var file : changed.entrySet()) {
                Files.writeString(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new CommandException("Cannot write in " + checkout + ": " + e.getMessage(), e);
        }
        return folder();
    }

    private void checkName() {
        if (!NAME.matcher(id).matches() || id.length() < 2 || id.length() > MOST_NAME) {
            throw new CommandException("'" + id + "' is no name for a connector. Give 2 to " + MOST_NAME
                    + " characters of a to z, 0 to 9 and single hyphens, e.g. demo-tasks.");
        }
        if (SourceVersion.isKeyword(packageName()) || TAKEN.contains(id)) {
            throw new CommandException("'" + id
                    + "' has a meaning of its own in Java, in the settings or in tools and scopes. Give another name,"
                    + " e.g. my-" + id + ".");
        }
    }

    private void checkCheckout() {
        if (!Files.isRegularFile(checkout.resolve("pom.xml"))
                || !Files.isRegularFile(checkout.resolve("server/pom.xml"))
                || !Files.isDirectory(checkout.resolve("connectors/api"))) {
            throw new CommandException("A connector is made in a checkout of Countersign's source, and " + checkout
                    + " is none. Clone the repository and run its server/bin/countersign.");
        }
    }

    private void checkFree() {
        if (Files.exists(folder())) {
            throw new CommandException(folder() + " exists already. Give another name, or remove it first.");
        }
        try (var others = Files.list(checkout.resolve("connectors"))) {
            others.map(other -> String.valueOf(other.getFileName()))
                    .filter(other -> other.replace("-", "").equals(packageName()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new CommandException("'" + id + "' and the connector '" + other
                                + "' would have the same Java package. Give another name.");
                    });
        } catch (IOException e) {
            throw new CommandException("Cannot look into " + checkout.resolve("connectors") + ".", e);
        }
    }

    private Path folder() {
        return checkout.resolve("connectors").resolve(id);
    }

    private String packageName() {
        return id.replace("-", "");
    }

    private String className() {
        return Arrays.stream(id.split("-")).map(NewConnector::capital).collect(Collectors.joining());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException("Cannot read " + file + ".", e);
        }
    }

    /** The first version of the parent is the product's own. */
    private static String version(String parent) {
        var found = VERSION.matcher(parent);
        if (!found.find()) {
            throw new CommandException("The parent pom.xml names no version.");
        }
        return found.group(1);
    }

    private String withModule(String parent) {
        if (!parent.contains(LAST_MODULE)) {
            throw new CommandException("The parent pom.xml has no line '" + LAST_MODULE.strip()
                    + "', before which the new module would stand. Put it back.");
        }
        return parent.replace(LAST_MODULE, "    <module>connectors/" + id + "</module>\n" + LAST_MODULE);
    }

    private String withDependency(String server) {
        var api = API_DEPENDENCY.matcher(server);
        if (!api.find()) {
            throw new CommandException(
                    "server/pom.xml has no dependency on countersign-connector-api, after which the new"
                            + " connector would stand. Put it back.");
        }
        return server.substring(0, api.end()) + """
                <dependency>
                  <!-- made by 'countersign connector new'; found with ServiceLoader -->
                  <groupId>dev.countersign</groupId>
                  <artifactId>countersign-connector-%s</artifactId>
                  <version>${project.version}</version>
                  <scope>runtime</scope>
                </dependency>
            """.formatted(id) + server.substring(api.end());
    }

    private Map<Path, String> files(Thing thing, String version) {
        var main = folder().resolve("src/main/java/dev/countersign/connector/" + packageName());
        var test = folder().resolve("src/test/java/dev/countersign/connector/" + packageName());
        var snapshots = folder().resolve("src/test/resources/tools");
        var tool = id.replace('-', '_');
        var files = new LinkedHashMap<Path, String>();
        files.put(folder().resolve("pom.xml"), "pom.xml.txt");
        files.put(main.resolve("package-info.java"), "package-info.java.txt");
        files.put(main.resolve(className() + "Connector.java"), "Connector.java.txt");
        files.put(
                folder().resolve("src/main/resources/META-INF/services/dev.countersign.connector.Connector"),
                "service.txt");
        files.put(test.resolve("Played" + className() + ".java"), "Played.java.txt");
        files.put(test.resolve(className() + "ContractTest.java"), "ContractTest.java.txt");
        files.put(test.resolve(className() + "ToolsTest.java"), "ToolsTest.java.txt");
        files.put(snapshots.resolve(tool + "_list.txt"), "list.txt");
        files.put(snapshots.resolve(tool + "_delete.txt"), "delete.txt");
        files.replaceAll((file, template) -> filled(template(template), thing, version));
        return files;
    }

    private String filled(String template, Thing thing, String version) {
        return template.replace("@id@", id)
                .replace("@package@", packageName())
                .replace("@Class@", className())
                .replace("@tool@", id.replace('-', '_'))
                .replace("@Name@", capital(String.join(" ", List.of(id.split("-")))))
                .replace("@thing@", thing.one())
                .replace("@things@", thing.many())
                .replace("@Thing@", thing.type())
                .replace("@Things@", thing.types())
                .replace("@version@", version);
    }

    private static String template(String name) {
        try (InputStream in = NewConnector.class.getResourceAsStream("connector/" + name)) {
            if (in == null) {
                throw new IllegalStateException("template is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("The template " + name + " cannot be read.", e);
        }
    }
}

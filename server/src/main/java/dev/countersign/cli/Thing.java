package dev.countersign.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** What a new connector is about, as its code and its tools name it: a task, and tasks. */
record Thing(String one, String many) {
    private static final Thing ITEM = new Thing("item", "items");

    /** What the templates are formatted for; a longer word would break their lines. */
    private static final String WORD = "[a-z]{2,10}";

    /** What the templates name otherwise. */
    private static final Set<String> TAKEN =
            Set.of("all", "call", "deleted", "identity", "list", "me", "one", "optional", "out", "remove", "yield");

    private static final List<String> PACKAGES = List.of("/java/lang/", "/dev/countersign/connector/");

    /** The last word of a connector's name where it is a plural, e.g. task of {@code demo-tasks}; else item. */
    static Thing of(String connector) {
        var many = connector.substring(connector.lastIndexOf('-') + 1);
        if (many.length() < 4 || !many.matches("[a-z]+s") || many.matches(".*[aius]s")) {
            return ITEM;
        }
        var thing = new Thing(singular(many), many);
        return thing.fits() ? thing : ITEM;
    }

    /** A word that somebody gave. Fails with {@link CommandException} when code cannot be named so. */
    static Thing named(String one) {
        var thing = new Thing(one, plural(one));
        if (!thing.fits()) {
            throw new CommandException("'" + one + "' cannot name what the connector is about: it is no word of 2 to 10"
                    + " letters of a to z, or has a meaning of its own in Java or here. Give another word, e.g. task.");
        }
        return thing;
    }

    private static String singular(String many) {
        if (many.endsWith("ies")) {
            return many.substring(0, many.length() - 3) + "y";
        }
        return many.substring(0, many.length() - (many.matches(".*(x|ch|sh|ss)es") ? 2 : 1));
    }

    private static String plural(String one) {
        if (one.matches(".*[^aeiou]y")) {
            return one.substring(0, one.length() - 1) + "ies";
        }
        return one + (one.matches(".*(x|ch|sh|s)") ? "es" : "s");
    }

    private boolean fits() {
        return one.matches(WORD)
                && !TAKEN.contains(one)
                && !SourceVersion.isKeyword(one)
                && Stream.of(type(), types()).noneMatch(Thing::isSeenInConnectors);
    }

    /** Whether the code of a connector sees another type of this name. */
    private static boolean isSeenInConnectors(String type) {
        return PACKAGES.stream().anyMatch(folder -> Thing.class.getResource(folder + type + ".class") != null);
    }

    String type() {
        return capital(one);
    }

    String types() {
        return capital(many);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}

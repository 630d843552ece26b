package dev.countersign.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who may use whom, as the sentence "Uses …." of each {@code package-info.java} has it. It names rooms, or says "everything",
 * "no other room", "every room but …", or of a room "and what lies under it".
 */
final class RoomRules {
    private static final Pattern SENTENCE = Pattern.compile("\\b(Uses|Knows) ([^.]+)\\.");

    private final Map<String, String> sentences;

    private RoomRules(Map<String, String> sentences) {
        this.sentences = sentences;
    }

    static RoomRules read(Path sources) {
        var sentences = new TreeMap<String, String>();
        try (var folders = Files.list(sources)) {
            for (var folder : folders.filter(Files::isDirectory).toList()) {
                var info = Files.readString(folder.resolve("package-info.java")).replaceAll("\\s*\\n \\* ?", " ");
                var sentence = SENTENCE.matcher(info);
                if (sentence.find()) {
                    sentences.put(folder.getFileName().toString(), sentence.group(2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RoomRules(sentences);
    }

    Collection<String> rooms() {
        return sentences.keySet();
    }

    boolean allows(String room, String target) {
        return room.equals(target) || used(room).contains(target);
    }

    /** What is left when each room is taken away that uses none of those left: the rooms in cycles, and those above them. */
    Set<String> inCycles() {
        var left = new TreeSet<>(rooms());
        boolean fewer;
        do {
            fewer = left.removeIf(room -> left.stream().noneMatch(other -> !other.equals(room) && allows(room, other)));
        } while (fewer);
        return left;
    }

    private Set<String> used(String room) {
        var sentence = sentences.getOrDefault(room, "no other room");
        var named = new HashSet<>(Arrays.asList(sentence.split("[^a-z]+")));
        named.retainAll(rooms());
        if (sentence.startsWith("everything")) {
            return new HashSet<>(rooms());
        }
        if (sentence.startsWith("every room but")) {
            var rest = new HashSet<>(rooms());
            rest.removeAll(named);
            return rest;
        }
        if (sentence.contains("what lies under it")) {
            Set.copyOf(named).forEach(each -> addAllUnder(each, named));
        }
        return named;
    }

    private void addAllUnder(String room, Set<String> found) {
        for (var under : used(room)) {
            if (found.add(under)) {
                addAllUnder(under, found);
            }
        }
    }
}

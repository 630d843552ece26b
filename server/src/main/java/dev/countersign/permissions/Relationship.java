package dev.countersign.permissions;

import java.util.regex.Pattern;

/**
 * A tuple: a subject has a relation to an object. OpenFGA, relationship tuples.
 *
 * @param object {@code group:…}, {@code folder:…} or {@code document:…}
 * @param relation {@code member} of a group; {@code viewer} or {@code parent} of a folder or document
 * @param subject {@code user:…}, {@code user:*}, {@code group:…#member}; for {@code parent} a {@code folder:…}
 */
public record Relationship(String object, String relation, String subject) {
    private static final String NAME = "[A-Za-z0-9._/@-]{1,200}";
    private static final Pattern MEMBER =
            Pattern.compile("group:NAME member (user:NAME|group:NAME#member)".replace("NAME", NAME));
    private static final Pattern VIEWER = Pattern.compile(
            "(folder|document):NAME viewer (user:NAME|user:\\*|group:NAME#member)".replace("NAME", NAME));
    private static final Pattern PARENT =
            Pattern.compile("(folder|document):NAME parent folder:NAME".replace("NAME", NAME));

    public Relationship {
        var text = object + " " + relation + " " + subject;
        if (!MEMBER.matcher(text).matches()
                && !VIEWER.matcher(text).matches()
                && !PARENT.matcher(text).matches()) {
            throw new IllegalArgumentException("no such relationship: " + text
                    + "; allowed are group:G member user:U or group:G#member; folder:F or document:D viewer user:U,"
                    + " user:* or group:G#member; folder:F or document:D parent folder:F");
        }
    }

    public static Relationship member(String group, String userId) {
        return new Relationship("group:" + group, "member", "user:" + userId);
    }

    public static Relationship groupMayView(String group, String object) {
        return new Relationship(object, "viewer", "group:" + group + "#member");
    }

    public static Relationship userMayView(String userId, String object) {
        return new Relationship(object, "viewer", "user:" + userId);
    }

    public static Relationship inFolder(String object, String folder) {
        return new Relationship(object, "parent", "folder:" + folder);
    }
}

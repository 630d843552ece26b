package dev.countersign.risk;

import dev.countersign.connector.Foreign;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one text of somebody else names.
 *
 * @param names addresses and hosts
 * @param more whether it names more than these
 */
record Found(Provenance provenance, Set<String> names, boolean more) {
    private static final int MOST_CHARACTERS = 256 * 1024;
    private static final int MOST_OF_EACH_KIND = 200;

    Found {
        names = Set.copyOf(names);
    }

    /** Who wrote it counts as named in it: an answer to the writer goes where the text came from. */
    static Found in(Foreign foreign, Instant readAt) {
        var mentions = Mentions.in(foreign.text(), MOST_CHARACTERS, MOST_OF_EACH_KIND);
        var names = new LinkedHashSet<>(mentions.addresses());
        names.addAll(mentions.hosts());
        names.addAll(Mentions.in(foreign.author(), MOST_CHARACTERS, MOST_OF_EACH_KIND)
                .addresses());
        return new Found(new Provenance(foreign.author(), foreign.source(), readAt), names, mentions.more());
    }
}

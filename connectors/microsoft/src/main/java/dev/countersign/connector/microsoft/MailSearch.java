package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Page;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists messages: one request for a page of them, and one for each twenty that have files. */
final class MailSearch {
    /** How many pages are looked through for one that holds something. */
    private static final int MOST_PAGES = 5;

    private static final Comparator<MailJson.Message> NEWEST_FIRST = Comparator.comparing(
                    (MailJson.Message message) -> MessageReading.date(message).toInstant())
            .reversed();

    private final Upstream upstream;
    private final MessageReading reading;
    private final MailFolders folders;

    MailSearch(Upstream upstream, MessageReading reading, MailFolders folders) {
        this.upstream = upstream;
        this.reading = reading;
        this.folders = folders;
    }

    Page<Message> messages(MailQuery query, int limit, Optional<String> page) {
        var hidden = query.folder().isPresent()
                ? Set.<String>of()
                : folders.wellKnown(Set.of(MailFolders.TRASH, MailFolders.SPAM)).values();
        var next = page;
        for (var i = 0; i < MOST_PAGES; i++) {
            var found = list(query, limit, next);
            var shown = shown(found.value(), query, hidden);
            next = Graph.next(found.nextLink());
            if (!shown.isEmpty() || next.isEmpty()) {
                return new Page<>(reading.brief(shown), next);
            }
        }
        return new Page<>(List.of(), next);
    }

    private static List<MailJson.Message> shown(
            List<MailJson.Message> found, MailQuery query, Collection<String> hidden) {
        return found.stream()
                .filter(message -> MailTerms.matches(query, message))
                .filter(message ->
                        message.parentFolderId().filter(hidden::contains).isEmpty())
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private MailJson.Messages list(MailQuery query, int limit, Optional<String> page) {
        var request = Graph.preferring(query.folder()
                .map(MailFolders::id)
                .map(folder -> upstream.get("me/mailFolders/{folder}/messages", folder))
                .orElseGet(() -> upstream.get("me/messages")));
        return page.map(state -> Graph.page(request, state))
                .orElseGet(() -> first(request, MailTerms.of(query), limit))
                .as(MailJson.Messages.class);
    }

    /** What {@code $search} finds is sorted already, and may not be sorted. */
    private static Upstream.Request first(Upstream.Request request, MailTerms terms, int limit) {
        return request.query("$search", terms.search())
                .query("$filter", terms.filter())
                .query("$orderby", terms.search().isPresent() ? Optional.empty() : Optional.of("receivedDateTime desc"))
                .query("$select", MailJson.BRIEF)
                .query("$top", limit);
    }
}

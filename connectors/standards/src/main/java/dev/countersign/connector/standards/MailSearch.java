package dev.countersign.connector.standards;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Page;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;

/**
 * Searches one folder or many, the newest first. IMAP has no order by date that every server knows, so the dates of what
 * matches are read: of the last month first, and of all only when that is not enough.
 */
final class MailSearch {
    private static final List<Duration> SPANS = List.of(Duration.ofDays(31), Duration.ofDays(400));

    /** How many messages are looked at for one page when the server cannot know whether they have files. */
    private static final int MOST_LOOKED_AT = 200;

    /** A match, as far as its order needs it. */
    private record Head(Instant at, String folder, long uid) {
        static final Comparator<Head> NEWEST_FIRST = Comparator.comparing(Head::at)
                .reversed()
                .thenComparing(Head::folder)
                .thenComparing(Comparator.comparingLong(Head::uid).reversed());

        String text() {
            return at.getEpochSecond() + " " + uid + " " + folder;
        }

        static Head parse(String page) {
            try {
                var parts = page.split(" ", 3);
                return new Head(Instant.ofEpochSecond(Long.parseLong(parts[0])), parts[2], Long.parseLong(parts[1]));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new UpstreamException(Kind.INVALID, "The cursor is not valid. Start again without one.");
            }
        }
    }

    private final Imap imap;
    private final Places places;
    private final MessageReading reading;
    private final Clock clock;

    MailSearch(Imap imap, Places places, MessageReading reading, Clock clock) {
        this.imap = imap;
        this.places = places;
        this.reading = reading;
        this.clock = clock;
    }

    Page<Message> messages(MailQuery query, int limit, Optional<String> page) throws MessagingException, IOException {
        var last = page.map(Head::parse);
        var heads = heads(query, limit, last);
        return query.attachment().isPresent()
                ? withFiles(heads, query.attachment().get(), limit)
                : page(heads, heads.subList(0, Math.min(limit, heads.size())));
    }

    private Page<Message> page(List<Head> heads, List<Head> taken) throws MessagingException, IOException {
        var next = taken.size() < heads.size() ? Optional.of(taken.getLast().text()) : Optional.<String>empty();
        return new Page<>(messages(taken), next);
    }

    /** IMAP does not search by files: they are looked for in one message after the other. */
    private Page<Message> withFiles(List<Head> heads, boolean wanted, int limit)
            throws MessagingException, IOException {
        var found = new ArrayList<Message>();
        for (var at = 0; at < heads.size(); at += limit) {
            var until = Math.min(heads.size(), at + limit);
            for (var message : messages(heads.subList(at, until))) {
                if (message.attachments().isEmpty() != wanted) {
                    found.add(message);
                }
            }
            if ((found.size() >= limit || until >= MOST_LOOKED_AT) && until < heads.size()) {
                return cut(found, heads, until, limit);
            }
        }
        return cut(found, heads, heads.size(), limit);
    }

    private static Page<Message> cut(List<Message> found, List<Head> heads, int until, int limit) {
        if (found.size() > limit) {
            var kept = found.subList(0, limit);
            var head = head(kept.getLast(), heads);
            return new Page<>(kept, Optional.of(head.text()));
        }
        return new Page<>(
                found, until < heads.size() ? Optional.of(heads.get(until - 1).text()) : Optional.empty());
    }

    private static Head head(Message message, List<Head> heads) {
        var id = MailId.parse(message.id()).orElseThrow();
        return heads.stream()
                .filter(head -> head.uid() == id.uid() && head.folder().equals(id.folder()))
                .findFirst()
                .orElseThrow();
    }

    /** What comes after the last one, in order: more than {@code limit}, or all there is. */
    private List<Head> heads(MailQuery query, int limit, Optional<Head> last) throws MessagingException, IOException {
        var newest = last.map(Head::at).orElseGet(clock::instant);
        var spans = Stream.concat(
                        SPANS.stream().map(span -> Optional.of(newest.minus(span))),
                        Stream.of(Optional.<Instant>empty()))
                .toList();
        List<Head> heads = List.of();
        for (var since : spans) {
            heads = heads(query, since, last);
            if (heads.size() > limit
                    || since.isEmpty()
                    || query.after().filter(since.get()::isBefore).isPresent()) {
                break;
            }
        }
        return heads;
    }

    private List<Head> heads(MailQuery query, Optional<Instant> since, Optional<Head> last)
            throws MessagingException, IOException {
        var searched = query.folder().isPresent()
                ? Stream.of(places.named(query.folder().get()))
                        .filter(Places.Place::exists)
                        .toList()
                : places.searched();
        var heads = new ArrayList<Head>();
        for (var place : searched) {
            heads.addAll(imap.read(place.id(), folder -> heads(folder, query, since, last)));
        }
        heads.sort(Head.NEWEST_FIRST);
        return heads;
    }

    private static List<Head> heads(IMAPFolder folder, MailQuery query, Optional<Instant> since, Optional<Head> last)
            throws MessagingException {
        var from = Stream.concat(since.stream(), query.after().stream()).max(Comparator.naturalOrder());
        var uids = uids(folder, query, from, last);
        var heads = new ArrayList<Head>();
        for (var message : dated(folder, uids)) {
            var at = Instant.ofEpochSecond(MailId.received(message).getEpochSecond());
            var head = new Head(at, folder.getFullName(), folder.getUID(message));
            if (from.filter(at::isBefore).isEmpty()
                    && query.before().filter(end -> !at.isBefore(end)).isEmpty()
                    && last.filter(before -> Head.NEWEST_FIRST.compare(before, head) >= 0)
                            .isEmpty()) {
                heads.add(head);
            }
        }
        return heads;
    }

    private static List<IMAPMessage> dated(IMAPFolder folder, Set<Long> uids) throws MessagingException {
        if (uids.isEmpty()) {
            return List.of();
        }
        var messages = Arrays.stream(folder.getMessagesByUID(
                        uids.stream().mapToLong(Long::longValue).sorted().toArray()))
                .filter(message -> message != null)
                .toArray(jakarta.mail.Message[]::new);
        var profile = new jakarta.mail.FetchProfile();
        profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
        folder.fetch(messages, profile);
        return Arrays.stream(messages).map(IMAPMessage.class::cast).toList();
    }

    /** A day more on both sides: servers take days, by their own clocks. */
    private static Set<Long> uids(IMAPFolder folder, MailQuery query, Optional<Instant> from, Optional<Head> last)
            throws MessagingException {
        var criteria = new Criteria();
        from.ifPresent(at -> criteria.since(day(at).minusDays(1)));
        Stream.concat(query.before().stream(), last.map(Head::at).stream())
                .min(Comparator.naturalOrder())
                .ifPresent(at -> criteria.before(day(at).plusDays(2)));
        query.unread().ifPresent(unread -> criteria.key(unread ? "UNSEEN" : "SEEN"));
        query.subject().ifPresent(subject -> criteria.text("SUBJECT", subject));
        query.from().ifPresent(from1 -> criteria.header("From", from1));
        query.text().stream()
                .flatMap(text -> Arrays.stream(text.split("\\s+")))
                .filter(word -> !word.isEmpty())
                .forEach(word -> criteria.text("TEXT", word));
        if (query.to().isEmpty()) {
            return found(criteria, folder);
        }
        var found = new HashSet<Long>();
        found.addAll(found(criteria.copy().header("To", query.to().get()), folder));
        found.addAll(found(criteria.copy().header("Cc", query.to().get()), folder));
        return found;
    }

    private static Set<Long> found(Criteria criteria, IMAPFolder folder) throws MessagingException {
        return Arrays.stream(criteria.search(folder)).boxed().collect(Collectors.toSet());
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** In the order of the heads; what is gone meanwhile is left out. */
    private List<Message> messages(List<Head> heads) throws MessagingException, IOException {
        var read = new HashMap<Head, Message>();
        var folders = heads.stream().collect(Collectors.groupingBy(Head::folder));
        for (var one : folders.entrySet()) {
            imap.read(one.getKey(), folder -> {
                var uids = one.getValue().stream().mapToLong(Head::uid).sorted().toArray();
                var messages = Arrays.stream(folder.getMessagesByUID(uids))
                        .filter(message -> message != null)
                        .toArray(jakarta.mail.Message[]::new);
                folder.fetch(messages, MessageReading.profile());
                for (var message : messages) {
                    var mime = (IMAPMessage) message;
                    var at = Instant.ofEpochSecond(MailId.received(mime).getEpochSecond());
                    read.put(new Head(at, folder.getFullName(), folder.getUID(mime)), reading.brief(folder, mime));
                }
                return messages.length;
            });
        }
        return heads.stream().flatMap(head -> Stream.ofNullable(read.get(head))).toList();
    }
}

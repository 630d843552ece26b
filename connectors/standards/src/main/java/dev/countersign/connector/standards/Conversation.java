package dev.countersign.connector.standards;

import dev.countersign.connector.workspace.Folder.Role;
import dev.countersign.connector.workspace.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** The messages that hang on one first message, by their headers: IMAP's own threads stay within one folder. */
final class Conversation {
    private static final int MOST = 200;

    private final Imap imap;
    private final Places places;
    private final MessageReading reading;

    Conversation(Imap imap, Places places, MessageReading reading) {
        this.imap = imap;
        this.places = places;
        this.reading = reading;
    }

    /** The oldest first; of those of one second the ones that answer more come later. */
    List<Message> messages(String threadId) throws MessagingException, IOException {
        if (threadId.startsWith(MessageReading.ALONE)) {
            Optional<Message> alone =
                    new Finder(imap, places).read(threadId.substring(MessageReading.ALONE.length()), reading::message);
            return alone.stream().toList();
        }
        var found = new LinkedHashMap<String, Message>();
        for (var place : places.searched()) {
            if (place.role() != Role.DRAFTS && found.size() < MOST) {
                // a mail to oneself is there twice
                imap.read(place.id(), folder -> of(folder, threadId))
                        .forEach(
                                message -> found.putIfAbsent(message.messageId().orElse(message.id()), message));
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparing((Message message) -> message.date().toInstant())
                        .thenComparingInt(message -> message.references().size()))
                .toList();
    }

    private List<Message> of(IMAPFolder folder, String root) throws MessagingException, IOException {
        var uids = LongStream.concat(
                        Arrays.stream(new Criteria().header("Message-ID", root).search(folder)),
                        LongStream.concat(
                                Arrays.stream(new Criteria()
                                        .header("References", root)
                                        .search(folder)),
                                Arrays.stream(new Criteria()
                                        .header("In-Reply-To", root)
                                        .search(folder))))
                .distinct()
                .sorted()
                .limit(MOST)
                .toArray();
        var messages = new java.util.ArrayList<Message>();
        for (var mime : Finder.messages(folder, uids)) {
            var message = reading.message(folder, mime);
            if (message.threadId().equals(root)) {
                messages.add(message);
            }
        }
        return messages;
    }
}

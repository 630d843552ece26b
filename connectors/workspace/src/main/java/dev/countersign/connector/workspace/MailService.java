package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * The mail of one linked account.
 *
 * <p>A read gives empty for what is not there. A change fails with {@link dev.countersign.connector.UpstreamException}:
 * {@code NOT_FOUND} when it is not there, {@code CONFLICT} when {@code version} is given and is no longer the current one.
 *
 * <p>A change takes a {@code key}, {@link dev.countersign.connector.Call#id()}: done twice with one key it has happened
 * once. What is sent carries a {@code Message-ID} made from the key (or the key in another field that can be searched),
 * so that {@link #sent} finds it after a crash.
 */
public interface MailService {
    /** Every folder, the inbox first. */
    List<Folder> folders();

    /**
     * Messages without bodies, the newest first.
     *
     * @param limit how many at most
     * @param page {@link Page#next()} of the page before; empty for the first one
     */
    Page<Message> search(MailQuery query, int limit, Optional<String> page);

    /** One message with its body. Reading does not mark it as read. */
    Optional<Message> message(String messageId);

    /** The messages of a conversation with their bodies, the oldest first; drafts and trash left out. Empty: none such. */
    List<Message> thread(String threadId);

    Optional<FileContent> attachment(String messageId, String attachmentId);

    /** One draft with its body. */
    Optional<Message> draft(String draftId);

    /** Makes a draft; {@link Message#draftId} is present in the answer. */
    Message createDraft(Outgoing mail, String key);

    /** Puts the whole of {@code mail} in the place of the draft, with what {@link Outgoing#threading} says. */
    Message updateDraft(String draftId, Outgoing mail, Optional<String> version, String key);

    /** Sends a draft as it is; it is a draft no more. */
    Sent sendDraft(String draftId, Optional<String> version, String key);

    Sent send(Outgoing mail, String key);

    /** What {@link #send} or {@link #sendDraft} sent with this key, found with reads only. */
    Optional<Sent> sent(String key);

    /** Takes a message out of the folders it is in and puts it into one. Gives it as it is now, without its body. */
    Message move(String messageId, String folderId, String key);

    /** Moves a message to the trash, from where {@link #move} brings it back. */
    Message trash(String messageId, String key);
}

package dev.countersign.connector.google;

import java.util.List;
import java.util.Optional;

/** Gmail v1 as far as it is used here. */
final class MailJson {
    private MailJson() {}

    record Profile(String emailAddress) {}

    record Labels(List<Label> labels) {}

    record Label(String id, String name, Optional<String> type, Optional<Integer> messagesUnread) {}

    record MessageList(List<Reference> messages, Optional<String> nextPageToken) {}

    record Reference(String id, String threadId) {}

    record DraftList(List<DraftReference> drafts, Optional<String> nextPageToken) {}

    record DraftReference(String id, Reference message) {}

    record Draft(String id, Message message) {}

    record Conversation(String id, List<Message> messages) {}

    record Message(
            String id,
            String threadId,
            List<String> labelIds,
            Optional<String> snippet,
            Optional<String> internalDate,
            Optional<Part> payload,
            Optional<String> raw) {}

    record Part(
            Optional<String> partId,
            Optional<String> mimeType,
            Optional<String> filename,
            List<Header> headers,
            Optional<PartBody> body,
            List<Part> parts) {}

    record Header(String name, String value) {}

    /** {@code data} and {@code raw} are base64url, RFC 4648 section 5. */
    record PartBody(Optional<String> attachmentId, Optional<Long> size, Optional<String> data) {}

    record Change(List<String> addLabelIds, List<String> removeLabelIds) {}

    /** What an upload says of a message beside its bytes. */
    record NewMessage(Optional<String> threadId) {}

    record NewDraft(Optional<String> id, NewMessage message) {}
}

package dev.countersign.connector.microsoft;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Graph's mail as far as it is used here. */
final class MailJson {
    /** The fields that are asked of a message in a list. */
    static final String BRIEF = "id,changeKey,conversationId,internetMessageId,subject,bodyPreview,from,toRecipients,"
        + "ccRecipients,bccRecipients,replyTo,receivedDateTime,isRead,isDraft,hasAttachments,parentFolderId,webLink";

    static final String WHOLE = BRIEF + ",body";

    /** The fields that are asked of an attachment. */
    static final String ATTACHMENT = "id,name,contentType,size,isInline";

    static final String FOLDER = "id,displayName,childFolderCount,unreadItemCount";

    private MailJson() {}

    record Folders(
            List<Folder> value,
            @JsonProperty("@odata.nextLink") Optional<String> nextLink) {}

    record Folder(
            String id,
            Optional<String> displayName,
            Optional<Integer> childFolderCount,
            Optional<Integer> unreadItemCount) {}

    record Messages(
            List<Message> value,
            @JsonProperty("@odata.nextLink") Optional<String> nextLink) {}

    record Message(
            String id,
            @JsonProperty("@odata.etag") Optional<String> etag,
            Optional<String> changeKey,
            Optional<String> conversationId,
            Optional<String> internetMessageId,
            Optional<String> subject,
            Optional<String> bodyPreview,
            Optional<CalendarJson.Body> body,
            Optional<CalendarJson.Recipient> from,
            List<CalendarJson.Recipient> toRecipients,
            List<CalendarJson.Recipient> ccRecipients,
            List<CalendarJson.Recipient> bccRecipients,
            List<CalendarJson.Recipient> replyTo,
            Optional<String> receivedDateTime,
            Optional<Boolean> isRead,
            Optional<Boolean> isDraft,
            Optional<Boolean> hasAttachments,
            Optional<String> parentFolderId,
            Optional<String> webLink,
            List<ExtendedProperty> singleValueExtendedProperties) {
        boolean draft() {
            return isDraft.orElse(false);
        }

        /** As {@code If-Match} takes it. */
        Optional<String> version() {
            return etag.or(() -> changeKey.map(key -> "W/\"" + key + "\""));
        }
    }

    record Attachments(List<Attachment> value) {}

    record Attachment(
            @JsonProperty("@odata.type") Optional<String> type,
            String id,
            Optional<String> name,
            Optional<String> contentType,
            Optional<Long> size,
            Optional<Boolean> isInline) {}

    record NewMessage(
            String subject,
            CalendarJson.Body body,
            List<CalendarJson.Recipient> toRecipients,
            List<CalendarJson.Recipient> ccRecipients,
            List<CalendarJson.Recipient> bccRecipients,
            List<ExtendedProperty> singleValueExtendedProperties) {}

    record Reply(Mark message) {}

    /** Says whose call an item is of, and nothing else. */
    record Mark(List<ExtendedProperty> singleValueExtendedProperties) {}

    record Move(String destinationId) {}

    /** {@code contentBytes} is base64, RFC 4648 section 4. */
    record NewAttachment(
            @JsonProperty("@odata.type") String type, String name, String contentType, String contentBytes) {}

    record UploadRequest(@JsonProperty("AttachmentItem") UploadItem item) {}

    record UploadItem(String attachmentType, String name, String contentType, long size) {}

    record UploadSession(String uploadUrl) {}

    record BatchRequests(List<BatchRequest> requests) {}

    record BatchRequest(String id, String method, String url, Map<String, String> headers) {}

    record BatchAnswers(List<BatchAnswer> responses) {}

    record BatchAnswer(String id, int status, Optional<JsonNode> body) {}
}

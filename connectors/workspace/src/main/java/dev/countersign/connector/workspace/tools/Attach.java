package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Doc;

/** A file of another message in the same account. */
public record Attach(
        @Doc(Docs.MESSAGE) String messageId,
        @Doc("id of an attachment from mail_get_message") String attachmentId) {}

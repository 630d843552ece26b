package dev.countersign.connector.workspace;

/**
 * A file in a message, without its content.
 *
 * @param id takes one to it, together with the message's id
 * @param bytes its size, as near as the upstream says
 * @param inline whether the message's html shows it in its midst
 */
public record AttachmentInfo(String id, String name, String mediaType, long bytes, boolean inline) {}

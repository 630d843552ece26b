package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Doc;

/** An account that gave no answer while others did. */
public record Problem(@Doc("account id") String account, String message) {}

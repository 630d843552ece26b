package dev.countersign.connector.testkit;

/**
 * One call that must succeed.
 *
 * @param tool the tool's name
 * @param arguments as JSON, e.g. {@code {"id": "abc"}}
 */
public record Sample(String tool, String arguments) {}

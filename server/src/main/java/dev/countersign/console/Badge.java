package dev.countersign.console;

/** A state in one or two words. */
public record Badge(String words, Notice.Tone tone) {}

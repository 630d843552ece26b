package dev.countersign.http;

/** Answers one kind of request. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface Endpoint {
    Response answer(Request request) throws Exception;
}

package dev.countersign.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request of the client that has no answer yet. It gets one answer, and nothing once it is answered or cancelled. */
final class UnderWay {
    private final String id;
    private final boolean stateless;
    private final boolean listens;
    private final ClientPipe client;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Optional<Thread> thread = Optional.empty();

    /**
     * @param id as JSON
     * @param stateless whether it is of 2026-07-28: closing its stream then cancels it
     */
    UnderWay(String id, String method, boolean stateless, ClientPipe client) {
        this.id = id;
        this.stateless = stateless;
        this.listens = method.equals("subscriptions/listen");
        this.client = client;
    }

    /** The current thread serves it from now on. */
    void begin() {
        thread = Optional.of(Thread.currentThread());
    }

    boolean isOver() {
        return over.get();
    }

    /** Passes on a message of the server's about this request, or its answer. */
    void pass(RpcMessage message) {
        switch (message.kind()) {
            case RpcMessage.Kind.Reply(var replied)
            when replied.filter(id::equals).isPresent() -> answer(message.line());
            case RpcMessage.Kind.Reply(var replied)
            when replied.isEmpty() && message.error().isObject() -> answer(RpcMessage.failed(id, message.error()));
            case RpcMessage.Kind.Reply _ -> {} // nobody asked
            case RpcMessage.Kind.Request _, RpcMessage.Kind.Notification _ -> say(message.line());
        }
    }

    private void say(byte[] line) {
        if (!over.get()) {
            client.send(line);
        }
    }

    void fail(int code, String sentence, Map<String, String> data) {
        answer(RpcMessage.error(id, code, sentence, data));
    }

    private void answer(byte[] line) {
        if (!over.getAndSet(true)) {
            client.send(line);
        }
    }

    /** The client wants no answer any more. Says whether closing the stream has told the server. */
    boolean cancel() {
        over.set(true);
        if (stateless) {
            thread.ifPresent(Thread::interrupt);
        }
        return stateless;
    }

    /** Cancels it if it would go on for ever. */
    void stopListening() {
        if (listens) {
            cancel();
        }
    }
}

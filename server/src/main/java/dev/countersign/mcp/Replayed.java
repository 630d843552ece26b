package dev.countersign.mcp;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The request with the body that was read already. */
final class Replayed extends Request.Wrapper {
    private final Content.Source source;

    Replayed(Request request, byte[] body) {
        super(request);
        this.source = Content.Source.from(ByteBuffer.wrap(body));
    }

    @Override
    public Content.Chunk read() {
        return source.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
        source.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
        source.fail(failure);
    }
}

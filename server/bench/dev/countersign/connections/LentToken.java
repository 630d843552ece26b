package dev.countersign.connections;

import dev.countersign.connector.Upstream;
import dev.countersign.vault.Secret;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The access token of a linked account, read and opened as for a request to its provider, which is not sent. */
public final class LentToken {
    private static final VarHandle TOKENS = tokens();

    private LentToken() {}

    private static VarHandle tokens() {
        try {
            return MethodHandles.privateLookupIn(UpstreamHttp.class, MethodHandles.lookup())
                    .findVarHandle(UpstreamHttp.class, "tokens", AccessTokenSource.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** How long it is; it stays here. */
    public static int length(Upstream upstream) {
        var tokens = (AccessTokenSource) TOKENS.get((UpstreamHttp) upstream);
        return tokens.lend().token().reveal(Secret.Purpose.UPSTREAM).length();
    }
}

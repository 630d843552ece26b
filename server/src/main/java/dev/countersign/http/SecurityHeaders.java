package dev.countersign.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The headers that stand on every answer; what an endpoint set itself stays. */
final class SecurityHeaders {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri"
                    + " 'none'";

    private final boolean https;
    private final OriginCheck origins;

    SecurityHeaders(boolean https, OriginCheck origins) {
        this.https = https;
        this.origins = origins;
    }

    void addTo(Request request, Response response, Route.Kind kind) {
        var headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cross-Origin-Resource-Policy", kind == Route.Kind.OPEN_API ? "cross-origin" : "same-origin");
        if (https) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
        switch (kind) {
            case PAGE -> forPages(headers);
            case OPEN_API -> forPrograms(headers);
            case MCP -> forMcp(request, headers);
            case ASSET -> headers.put(HttpHeader.CACHE_CONTROL, "public, max-age=86400");
        }
    }

    private static void forPages(HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Frame-Options", "DENY");
        // not no-referrer: browsers then send "Origin: null" with our own forms, and the Origin check would refuse them
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    private static void forPrograms(HttpFields.Mutable headers) {
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Access-Control-Expose-Headers", "WWW-Authenticate");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Frame-Options", "DENY");
    }

    private void forMcp(Request request, HttpFields.Mutable headers) {
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        HttpField origin = request.getHeaders().getField(HttpHeader.ORIGIN);
        if (origin != null && origins.isMcpOrigin(origin.getValue())) {
            headers.put("Access-Control-Allow-Origin", origin.getValue());
            headers.put("Access-Control-Expose-Headers", "WWW-Authenticate, Mcp-Session-Id");
            headers.put(HttpHeader.VARY, "Origin");
        }
    }

    /** What a browser asks before it lets a page of another origin call. */
    static void addPreflight(Response response, String methods) {
        var headers = response.getHeaders();
        headers.put("Access-Control-Allow-Methods", methods);
        headers.put(
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name, "
                        + "Last-Event-ID");
        headers.put("Access-Control-Max-Age", "7200");
    }
}

package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.oauth.OAuthError.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Carries messages between our HTTP types and those of the library that parses and prints OAuth. */
final class Messages {
    /** The only parameter that may stand more than once. RFC 8707 section 2. */
    private static final Set<String> REPEATABLE = Set.of("resource");

    private Messages() {}

    /** A form post as the library reads it. */
    static HTTPRequest form(Request request, Addresses addresses) throws ParseException {
        requireForm(request);
        var message = new HTTPRequest(HTTPRequest.Method.POST, addresses.at(request.path()));
        message.setContentType("application/x-www-form-urlencoded");
        var authorization = request.headers("Authorization");
        if (authorization.size() > 1) {
            throw new OAuthError(Code.INVALID_REQUEST, "Send one Authorization header.");
        }
        authorization.forEach(message::setAuthorization);
        message.setBody(new String(request.body(), StandardCharsets.UTF_8));
        return message;
    }

    /** A parameter that stands twice is read differently by different software, so it is refused. RFC 6749 section 3.2. */
    static void requireSingle(Map<String, List<String>> parameters) {
        parameters.forEach((name, values) -> {
            if (values.size() > 1 && !REPEATABLE.contains(name)) {
                throw new OAuthError(Code.INVALID_REQUEST, "A parameter stands more than once.");
            }
        });
    }

    static Response response(HTTPResponse message) {
        var headers = new ArrayList<Response.Header>();
        message.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> {
                    if (!isSetBelow(name)) {
                        headers.add(new Response.Header(name, value));
                    }
                }));
        headers.add(new Response.Header("Cache-Control", "no-store"));
        var body = message.getBody();
        return new Response(
                message.getStatusCode(), headers, body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    }

    /** The error answer of the token, revocation and registration endpoints. RFC 6749 section 5.2. */
    static Response error(OAuthError error) {
        var status = error.code() == Code.INVALID_CLIENT ? 401 : error.status();
        var object = new ErrorObject(error.code().value(), error.sentence(), status);
        return response(new TokenErrorResponse(object).toHTTPResponse());
    }

    private static boolean isSetBelow(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return name.equals("cache-control") || name.equals("pragma");
    }

    private static void requireForm(Request request) {
        var type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
            throw new OAuthError(Code.INVALID_REQUEST, "Send the parameters as application/x-www-form-urlencoded.");
        }
    }
}

package dev.countersign.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** A request as endpoints see it. Path values are decoded; the body is read once, within the server's limit. */
public final class Request {
    private final org.eclipse.jetty.server.Request jetty;
    private final Map<String, String> pathValues;
    private final Client client;
    private Optional<byte[]> body = Optional.empty();

    /**
     * Who sent it, as far as the network tells; addresses of trusted proxies are looked through.
     *
     * @param address the sender's IP address in text
     */
    public record Client(String address, String userAgent) {
        private static final int NETWORK_BYTES = 8;

        /** By what limits count senders: the address, and of IPv6 the /64 that one household or machine has to itself. */
        public String network() {
            try {
                var literal = InetAddress.ofLiteral(address);
                return literal instanceof Inet6Address v6
                        ? HexFormat.of().formatHex(v6.getAddress(), 0, NETWORK_BYTES) + "/64"
                        : literal.getHostAddress();
            } catch (IllegalArgumentException e) {
                return address;
            }
        }
    }

    public Request(org.eclipse.jetty.server.Request jetty, Map<String, String> pathValues, Client client) {
        this.jetty = jetty;
        this.pathValues = Map.copyOf(pathValues);
        this.client = client;
    }

    public String method() {
        return jetty.getMethod();
    }

    /** The path, undecoded. */
    public String path() {
        return jetty.getHttpURI().getPath();
    }

    /** Path and query as sent: what a page that must sign in first returns to. */
    public String pathAndQuery() {
        return jetty.getHttpURI().getPathQuery();
    }

    public Client client() {
        return client;
    }

    /** The value of {@code {name}} in the route's path. */
    public String pathValue(String name) {
        var value = pathValues.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(jetty.getHeaders().get(name));
    }

    public List<String> headers(String name) {
        return jetty.getHeaders().getValuesList(name);
    }

    public Optional<String> cookie(String name) {
        return org.eclipse.jetty.server.Request.getCookies(jetty).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(org.eclipse.jetty.http.HttpCookie::getValue)
                .findFirst();
    }

    /** Query parameters in order; a name may stand more than once. */
    public Map<String, List<String>> query() {
        return multi(org.eclipse.jetty.server.Request.extractQueryParameters(jetty, StandardCharsets.UTF_8));
    }

    /** The value of a query parameter that stands once; 400 when it stands twice. */
    public Optional<String> query(String name) {
        return once(query(), name);
    }

    /** Parameters of a form body; 415 when the body is no form. */
    public Map<String, List<String>> form() {
        var type = header("Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/x-www-form-urlencoded")) {
            throw new HttpException(415, "Send the parameters as application/x-www-form-urlencoded.");
        }
        var fields = new Fields(true);
        UrlEncoded.decodeTo(new String(body(), StandardCharsets.UTF_8), fields::add, StandardCharsets.UTF_8);
        return multi(fields);
    }

    /** The value of a form parameter that stands once; 400 when it stands twice. */
    public Optional<String> form(String name) {
        return once(form(), name);
    }

    public byte[] body() {
        if (body.isEmpty()) {
            try {
                ByteBuffer read = Content.Source.asByteBuffer(jetty);
                var bytes = new byte[read.remaining()];
                read.get(bytes);
                body = Optional.of(bytes);
            } catch (IOException | RuntimeException e) {
                throw unreadable(e);
            }
        }
        return body.orElseThrow();
    }

    /** Jetty's own request, for what streams. */
    public org.eclipse.jetty.server.Request jetty() {
        return jetty;
    }

    private static HttpException unreadable(Exception e) {
        var known = org.eclipse.jetty.http.HttpException.asHttpException(e);
        boolean tooLarge = known != null && known.getCode() == 413;
        return tooLarge
                ? new HttpException(413, "The request's body is too large.")
                : new HttpException(400, "The request's body could not be read.");
    }

    private static Optional<String> once(Map<String, List<String>> all, String name) {
        var values = all.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new HttpException(400, "The parameter " + name + " stands more than once.");
        }
        return values.stream().findFirst();
    }

    private static Map<String, List<String>> multi(Fields fields) {
        var all = new java.util.LinkedHashMap<String, List<String>>();
        fields.forEach(field -> all.put(field.getName(), List.copyOf(field.getValues())));
        return all;
    }
}

package dev.countersign.hosts;

import dev.countersign.connector.PasswordSignIn;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.http.HttpHeader;

/** Looks servers up for one person and one address, without any credential; after its time it finds nothing more. */
final class ServerLookup implements PasswordSignIn.Lookup {
    private static final Duration ALL = Duration.ofSeconds(12);
    private static final Duration ONE = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_LOOKUPS = 40;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");
    /** Names that no name server is to be asked for. RFC 6761. */
    private static final Pattern SPECIAL =
            Pattern.compile("(?:.*\\.)?(?:localhost|invalid|test)", Pattern.CASE_INSENSITIVE);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HostHttp http;
    private final long endsAtNanos = System.nanoTime() + ALL.toNanos();
    private int lookups;

    ServerLookup(HostHttp http) {
        this.http = http;
    }

    private static boolean special(String name) {
        return SPECIAL.matcher(name).matches();
    }

    private synchronized boolean over() {
        return ++lookups > MOST_LOOKUPS || System.nanoTime() - endsAtNanos >= 0;
    }

    /** JNDI is how the JDK asks name servers: of a name that was checked, for records of one type, which are read as text. */
    @Override
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    public List<Srv> srv(String name) {
        if (over() || !name.matches("[A-Za-z0-9._-]{1,253}") || special(name)) {
            return List.of();
        }
        var environment = new Hashtable<String, String>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", "1000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            var context = new InitialDirContext(environment);
            try {
                return records(context, name);
            } finally {
                context.close();
            }
        } catch (NamingException | RuntimeException e) {
            return List.of(); // none, or nobody answers: the person can type them
        }
    }

    @SuppressWarnings("BanJNDI")
    private static List<Srv> records(InitialDirContext context, String name) throws NamingException {
        var records = new ArrayList<Srv>();
        var values = context.getAttributes("dns:/" + name, new String[] {"SRV"}).get("SRV");
        for (int i = 0; values != null && i < values.size(); i++) {
            record(String.valueOf(values.get(i))).ifPresent(records::add);
        }
        records.sort(Comparator.comparingInt(Srv::priority)
                .thenComparing(Comparator.comparingInt(Srv::weight).reversed()));
        return records;
    }

    /** RFC 2782: priority, weight, port, target; a dot alone says that there is no such service, anything else but a name is a trick. */
    private static Optional<Srv> record(String text) {
        var parts = text.split(" ");
        if (parts.length != 4 || !HOST.matcher(parts[3]).matches()) {
            return Optional.empty();
        }
        var target = parts[3].endsWith(".") ? parts[3].substring(0, parts[3].length() - 1) : parts[3];
        return Optional.of(
                new Srv(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), target));
    }

    @Override
    public Optional<byte[]> get(URI https) {
        return answer(https).filter(answer -> answer.getStatus() == 200).map(ContentResponse::getContent);
    }

    @Override
    public Optional<URI> redirect(URI https) {
        return answer(https)
                .filter(answer -> REDIRECTS.contains(answer.getStatus()))
                .flatMap(answer -> Optional.ofNullable(answer.getHeaders().get(HttpHeader.LOCATION)))
                .flatMap(location -> ServerAddress.resolved(https, location));
    }

    private Optional<ContentResponse> answer(URI https) {
        if (over()
                || !"https".equals(https.getScheme())
                || https.getHost() == null
                || https.getUserInfo() != null
                || special(https.getHost())) {
            return Optional.empty();
        }
        try {
            return Optional.of(http.send(
                    new HostHttp.Sent("GET", https, List.of(), new byte[0], Optional.empty()), ONE, MOST_BYTES));
        } catch (HostFailure e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

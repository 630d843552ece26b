package dev.countersign.connector.testkit;

import dev.countersign.connector.Account;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.testkit.Wire.Answer;
import dev.countersign.connector.testkit.Wire.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Exchanges with a provider's real API, recorded once and replayed by tests ever after. A test run with {@code
 * -Drecordings=write} talks to the provider and writes the file when the recording is closed; every other run answers from
 * the file, and a request that is not in it fails. Credentials are taken out before anything is written; look at the file
 * all the same, for what else is nobody's business, and see {@link #scrub}.
 */
public final class Recording implements AutoCloseable {
    private static final String ACCESS_TOKEN = "recorded-access-token";

    /** @param api which of the provider's bases the path is under; empty for the first */
    record Kept(
            String method,
            String api,
            String path,
            String body,
            int status,
            Optional<String> retryAfter,
            String answer) {
        boolean answers(Kept request) {
            return method.equals(request.method)
                    && api.equals(request.api)
                    && path.equals(request.path)
                    && body.equals(request.body);
        }
    }

    record All(List<Kept> exchanges) {}

    private final Path file;
    private final Provider provider;
    private final Supplier<String> accessToken;
    private final boolean writes;
    private final Map<String, String> replaced = new LinkedHashMap<>();
    private final List<Kept> exchanges = new ArrayList<>();

    private Recording(Path file, Provider provider, Supplier<String> accessToken, boolean writes) {
        this.file = file;
        this.provider = provider;
        this.accessToken = accessToken;
        this.writes = writes;
    }

    /**
     * Opens the file to answer from, or to write.
     *
     * @param accessToken a real one, e.g. from the environment; asked for only while it records
     */
    public static Recording open(Path file, Provider provider, Supplier<String> accessToken) {
        return open(file, provider, accessToken, "write".equals(System.getProperty("recordings")));
    }

    static Recording open(Path file, Provider provider, Supplier<String> accessToken, boolean writes) {
        var recording = new Recording(file, provider, accessToken, writes);
        if (!writes) {
            recording.exchanges.addAll(read(file).exchanges());
        }
        return recording;
    }

    private static All read(Path file) {
        try {
            return TestJson.read(Files.readAllBytes(file), All.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read; record it with -Drecordings=write", e);
        }
    }

    /** Writes something else wherever this text is, e.g. a made-up mail address for a real one. */
    public Recording scrub(String real, String instead) {
        replaced.put(real, instead);
        return this;
    }

    /** An account whose requests are recorded or answered here. */
    public synchronized TestAccount account(Account account, Connector connector) {
        var token = writes ? accessToken.get() : ACCESS_TOKEN;
        replaced.put(token, ACCESS_TOKEN);
        return new TestAccount(
                account,
                connector,
                new TestUpstream(provider, () -> token, writes ? this::record : this::replay),
                token);
    }

    private synchronized Answer record(Sent sent) {
        var answer = TestUpstream.overTheNetwork(sent);
        exchanges.add(kept(sent, answer.status(), answer.retryAfter(), scrubbed(answer.body())));
        return answer;
    }

    private synchronized Answer replay(Sent sent) {
        var asked = kept(sent, 0, Optional.empty(), "");
        for (var kept : exchanges) {
            if (kept.answers(asked)) {
                exchanges.remove(kept);
                return new Answer(kept.status, kept.retryAfter, kept.answer.getBytes(StandardCharsets.UTF_8));
            }
        }
        throw new AssertionError(
                "%s %s%s is not recorded, or was answered already, in %s. Record again with -Drecordings=write."
                        .formatted(asked.method, asked.path, asked.body.isEmpty() ? "" : " with " + asked.body, file));
    }

    private Kept kept(Sent sent, int status, Optional<String> retryAfter, String answer) {
        var apis = new LinkedHashMap<String, URI>(provider.apis());
        apis.put("", provider.api());
        var target = sent.target().toString();
        return apis.entrySet().stream()
                .filter(api -> target.startsWith(api.getValue().toString()))
                .map(api -> new Kept(
                        sent.method(),
                        api.getKey(),
                        scrubbed(target.substring(api.getValue().toString().length())),
                        scrubbed(sent.body()),
                        status,
                        retryAfter,
                        answer))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("outside of the provider's api: " + target));
    }

    private String scrubbed(byte[] bytes) {
        return scrubbed(new String(bytes, StandardCharsets.UTF_8));
    }

    private String scrubbed(String text) {
        var scrubbed = text;
        for (var each : replaced.entrySet()) {
            scrubbed = scrubbed.replace(each.getKey(), each.getValue());
        }
        return Credentials.withoutThem(scrubbed);
    }

    /** Writes the file, when it records. */
    @Override
    public synchronized void close() {
        if (!writes) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, TestJson.writePretty(new All(exchanges)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

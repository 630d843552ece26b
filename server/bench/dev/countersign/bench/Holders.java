package dev.countersign.bench;

import dev.countersign.audit.AuditLog;
import dev.countersign.identity.Passwords;
import dev.countersign.identity.People;
import dev.countersign.store.Database;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/** Other people whose calls hold, {@link #STREAMS} of them at once. */
record Holders(int port, List<Load.Request> requests) {
    static final int STREAMS = 300;

    /** As many calls of one person as the server lets run are 64. */
    private static final int OF_ONE_PERSON = 60;

    /** Adds them to a running server. */
    static Holders make(Path data, int port) {
        var url = URI.create("http://localhost:" + port + "/");
        var emails = IntStream.range(0, STREAMS / OF_ONE_PERSON)
                .mapToObj(i -> "holder" + i + "@example.com")
                .toList();
        add(data, emails);
        var requests = emails.stream()
                .map(email ->
                        Requests.held("bench_hold", Attached.client(url, email).authorization()))
                .flatMap(request -> IntStream.range(0, OF_ONE_PERSON).mapToObj(i -> request))
                .toList();
        return new Holders(port, requests);
    }

    private static void add(Path data, List<String> emails) {
        var clock = Clock.systemUTC();
        try (var database = Database.open(data.resolve("countersign.db"));
                var audit = new AuditLog(database, clock)) {
            var people = new People(database, new Passwords(), audit::append, clock);
            emails.forEach(email -> people.create(email, email, Secret.of(Attached.PASSWORD), ZoneOffset.UTC, false));
        }
    }

    /** Opens all, and returns when each has begun. */
    OpenStreams hold() throws IOException {
        return OpenStreams.open(port, requests, BenchTools.WORDS);
    }
}

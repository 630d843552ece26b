package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes many reads with one request. What fails within a batch, as when it is throttled there, is read again by itself; what
 * is not there is left out.
 *
 * @see <a href="https://learn.microsoft.com/graph/json-batching">JSON batching</a>
 */
final class GraphBatch {
    private static final int READS_A_BATCH = 20;

    private final Upstream upstream;

    /**
     * One read.
     *
     * @param before what stands before the id, e.g. {@code me/messages/}
     * @param after what stands behind it
     */
    record Read(String before, String id, String after, String select) {
        private String url() {
            return "/" + before + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + after
                    + "?$select=" + select;
        }
    }

    GraphBatch(Upstream upstream) {
        this.upstream = upstream;
    }

    /** The answers by what was read. */
    <T extends Record> Map<Read, T> read(List<Read> reads, Class<T> type) {
        var found = new LinkedHashMap<Read, T>();
        for (var from = 0; from < reads.size(); from += READS_A_BATCH) {
            batch(reads.subList(from, Math.min(reads.size(), from + READS_A_BATCH)), type, found);
        }
        return found;
    }

    private <T extends Record> void batch(List<Read> reads, Class<T> type, Map<Read, T> found) {
        if (reads.size() == 1) {
            single(reads.getFirst(), type).ifPresent(one -> found.put(reads.getFirst(), one));
            return;
        }
        var requests = IntStream.range(0, reads.size())
                .mapToObj(i -> new MailJson.BatchRequest(
                        Integer.toString(i), "GET", reads.get(i).url(), Map.of("Prefer", Graph.preferences())))
                .toList();
        var answer = upstream.post("$batch")
                .body(new MailJson.BatchRequests(requests))
                .bytes();
        var answers = Json.read(answer, MailJson.BatchAnswers.class).responses();
        for (var i = 0; i < reads.size(); i++) {
            var read = reads.get(i);
            answer(answers, Integer.toString(i), read, type).ifPresent(one -> found.put(read, one));
        }
    }

    /** They come in any order. */
    private <T extends Record> Optional<T> answer(
            List<MailJson.BatchAnswer> answers, String id, Read read, Class<T> type) {
        var answer = answers.stream().filter(one -> one.id().equals(id)).findFirst();
        return switch (answer.map(MailJson.BatchAnswer::status).orElse(0)) {
            case 200 -> answer.flatMap(MailJson.BatchAnswer::body).map(body -> Json.read(body, type));
            case 404 -> Optional.empty();
            default -> single(read, type);
        };
    }

    private <T extends Record> Optional<T> single(Read read, Class<T> type) {
        return Absent.ifNotFound(() -> Graph.preferring(upstream.get(read.before() + "{id}" + read.after(), read.id()))
                .query("$select", read.select())
                .as(type));
    }
}

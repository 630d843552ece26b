package dev.countersign.approvals;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.approvals.Snapshots.Snapshot;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.vault.LengthPrefixed;
import dev.countersign.vault.RandomToken;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What calls are compared by: texts that differ when anything differs, and SHA-256 over them in
 * lower-case hex. */
public final class Digests {
    private static final Cache<Tool<?, ?>, String> TOOLS =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private Digests() {}

    /** The canonical text of arguments, RFC 8785. Fails with a {@link ToolException} on a value that has none. */
    public static String canonical(JsonNode arguments) {
        try {
            return CanonicalJson.of(arguments);
        } catch (CanonicalJson.NotCanonicalException e) {
            throw new ToolException("An argument cannot be taken: " + e.getMessage() + ".");
        }
    }

    /** The digest of arguments, for logs of decisions. */
    public static String ofArguments(JsonNode arguments) {
        return RandomToken.sha256(canonical(arguments));
    }

    /** The digest of what a tool is: a tool that changed while its call waited is another tool. */
    public static String ofTool(Tool<?, ?> tool) {
        return TOOLS.get(tool, Digests::definition);
    }

    private static String definition(Tool<?, ?> tool) {
        var texts = new ArrayList<>(List.of(
                tool.name(),
                tool.title(),
                tool.description(),
                tool.effect().name(),
                tool.accounts().name(),
                tool.input().getName()));
        add(
                texts,
                Arrays.stream(tool.input().getRecordComponents())
                        .map(Digests::shape)
                        .toList());
        add(texts, tool.scopes());
        return of(texts);
    }

    /** What identical calls have in common: person, client, tool, arguments and accounts. */
    static String key(String userId, String clientId, String tool, String canonicalArguments, List<String> accountIds) {
        var texts = new ArrayList<>(List.of(userId, clientId, tool, canonicalArguments));
        texts.addAll(new TreeSet<>(accountIds));
        return of(texts);
    }

    static String key(FrozenCall call) {
        return key(call.userId(), call.clientId(), call.tool(), call.canonicalArguments(), call.accountIds());
    }

    /** What a decision is bound to: this one question. */
    static String digest(Snapshot asked) {
        return RandomToken.sha256(asked.call().id() + ":" + shown(asked));
    }

    /** What a decision is bound to once a waiting question was made stronger: an answer to the milder one is void. */
    static String raised(String digest, Tier tier) {
        return RandomToken.sha256(digest + ":" + tier);
    }

    /** What a question is about: the call, the tool's definition, the target's version, and every word that is shown. */
    static String shown(Snapshot asked) {
        var call = asked.call();
        var question = asked.question();
        var texts = new ArrayList<>(List.of(
                call.userId(),
                call.clientId(),
                call.tool(),
                call.toolDigest(),
                call.canonicalArguments(),
                question.verb()));
        add(texts, call.version().or(question::version).stream().toList());
        add(texts, call.accountIds());
        add(texts, question.reaches());
        question.values().forEach(value -> texts.addAll(List.of(value.label(), value.text())));
        return of(texts);
    }

    private static String shape(RecordComponent component) {
        return component.getName() + ":" + component.getGenericType().getTypeName();
    }

    /** A list within the list, behind its length: no two questions give the same texts. */
    private static void add(List<String> texts, Collection<String> more) {
        texts.add(Integer.toString(more.size()));
        texts.addAll(more);
    }

    private static String of(List<String> texts) {
        return RandomToken.sha256(LengthPrefixed.of(texts.toArray(String[]::new)));
    }
}

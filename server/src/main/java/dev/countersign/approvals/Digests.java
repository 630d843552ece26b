package dev.countersign.approvals;

import dev.countersign.approvals.Snapshots.Snapshot;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.vault.RandomToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What calls are compared by: canonical JSON of RFC 8785, and SHA-256 over it in lower-case hex. */
public final class Digests {
    /** 2^53 - 1, the largest whole number that a double and its neighbours tell apart. */
    private static final BigInteger LARGEST_EXACT = BigInteger.valueOf((1L << 53) - 1);

    private static final JsonMapper JSON = new JsonMapper();

    private Digests() {}

    /**
     * The canonical text of a JSON object or array. RFC 8785 section 3.2. Fails with a {@link ToolException} on a whole
     * number that the canonical form would round.
     */
    public static String canonical(JsonNode json) {
        requireExactNumbers(json);
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(json)).getEncodedString();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON has no canonical form", e);
        }
    }

    /** The digest of arguments, for logs of decisions. */
    public static String ofArguments(JsonNode arguments) {
        return RandomToken.sha256(canonical(arguments));
    }

    /** The digest of what a tool is: a tool that changed while its call waited is another tool. */
    public static String ofTool(Tool<?, ?> tool) {
        var json = JSON.createObjectNode()
                .put("name", tool.name())
                .put("title", tool.title())
                .put("description", tool.description())
                .put("effect", tool.effect().name())
                .put("accounts", tool.accounts().name())
                .put("input", tool.input().getName());
        json.set(
                "fields",
                array(Arrays.stream(tool.input().getRecordComponents())
                        .map(Digests::shape)
                        .toList()));
        json.set("scopes", array(tool.scopes()));
        return RandomToken.sha256(canonical(json));
    }

    /** What identical calls have in common: person, client, tool, arguments and accounts. */
    static String key(FrozenCall call) {
        var json = JSON.createObjectNode()
                .put("user", call.userId())
                .put("client", call.clientId())
                .put("tool", call.tool())
                .put("arguments", call.canonicalArguments());
        json.set("accounts", array(new TreeSet<>(call.accountIds())));
        return RandomToken.sha256(canonical(json));
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
        var json = JSON.createObjectNode()
                .put("user", call.userId())
                .put("client", call.clientId())
                .put("tool", call.tool())
                .put("definition", call.toolDigest())
                .put("arguments", call.canonicalArguments())
                .put("verb", question.verb());
        call.version().or(question::version).ifPresent(version -> json.put("version", version));
        json.set("accounts", array(call.accountIds()));
        json.set("reaches", array(question.reaches()));
        var values = json.putArray("values");
        question.values()
                .forEach(value -> values.addObject().put("label", value.label()).put("text", value.text()));
        return RandomToken.sha256(canonical(json));
    }

    private static void requireExactNumbers(JsonNode json) {
        // RFC 8785 section 3.2.2.3: numbers are IEEE 754 doubles
        if (json.isIntegralNumber() && json.bigIntegerValue().abs().compareTo(LARGEST_EXACT) > 0) {
            throw new ToolException(
                    "The number " + json.asString() + " is too large. Use one up to " + LARGEST_EXACT + ".");
        }
        json.forEach(Digests::requireExactNumbers);
    }

    private static String shape(RecordComponent component) {
        return component.getName() + ":" + component.getGenericType().getTypeName();
    }

    private static ArrayNode array(Collection<String> texts) {
        var array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }
}

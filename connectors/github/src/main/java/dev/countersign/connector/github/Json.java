package dev.countersign.connector.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** GitHub's JSON: names with underscores, and lists that stand alone. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .withConfigOverride(
                    List.class, list -> list.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .changeDefaultPropertyInclusion(
                    all -> JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private Json() {}

    static <T extends Record> T read(byte[] json, Class<T> type) {
        return readable(() -> MAPPER.readValue(json, type));
    }

    static <T extends Record> List<T> list(byte[] json, Class<T> type) {
        return readable(() -> MAPPER.readerForListOf(type).readValue(json));
    }

    private static <T> T readable(Supplier<T> read) {
        try {
            return read.get();
        } catch (JacksonException e) {
            // the exception quotes what was read
            throw new UpstreamException(
                    Kind.BROKEN,
                    "GitHub answered something that cannot be read. Look whether it took effect before repeating it.");
        }
    }

    /** Whatever an error answer holds; nothing when it is no JSON. */
    static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    static byte[] write(Record value) {
        return MAPPER.writeValueAsBytes(value);
    }
}

package dev.countersign.connections;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Records as JSON and back. An empty {@link java.util.Optional} is left out, an absent list is empty, times are ISO 8601
 * text that keeps its offset, an enum constant is its name in lower case, properties stand in the order of the record's
 * components. A component that is no Optional, collection or primitive must be there. Reading fails with {@link
 * tools.jackson.core.JacksonException}, whose message may hold content: it is never shown or logged.
 */
public final class RecordJson {
    /** Deeper nesting than any API answers with; bounds what a broken or hostile one costs. */
    private static final int MOST_DEPTH = 64;

    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    /** For answers of providers: fields that a record does not name are ignored. */
    public static final RecordJson UPSTREAM = new RecordJson(false);

    /** For arguments of tools: an unknown field, a field twice, or text in place of a number fails. */
    public static final RecordJson ARGUMENTS = new RecordJson(true);

    private final JsonMapper mapper;

    private RecordJson(boolean strict) {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MOST_DEPTH)
                .maxStringLength(MOST_CHARACTERS)
                .build();
        var empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        var scalars = strict ? CoercionAction.Fail : CoercionAction.TryConvert;
        this.mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .changeDefaultPropertyInclusion(
                        all -> JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .withConfigOverride(List.class, list -> list.setNullHandling(empty))
                .withConfigOverride(Set.class, set -> set.setNullHandling(empty))
                .withConfigOverride(Map.class, map -> map.setNullHandling(empty))
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, scalars)
                                .setCoercion(CoercionInputShape.Float, scalars)
                                .setCoercion(CoercionInputShape.Boolean, scalars))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, strict)
                .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, !strict)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                .build();
    }

    public <T extends Record> T read(byte[] json, Class<T> type) {
        return mapper.readValue(json, type);
    }

    public <T extends Record> T read(String json, Class<T> type) {
        return mapper.readValue(json, type);
    }

    public <T extends Record> T read(JsonNode json, Class<T> type) {
        return mapper.treeToValue(json, type);
    }

    public JsonNode tree(Record value) {
        return mapper.valueToTree(value);
    }

    public String write(Record value) {
        return mapper.writeValueAsString(value);
    }

    public byte[] bytes(Record value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The mapper itself, for trees of mixed shape. */
    public JsonMapper mapper() {
        return mapper;
    }
}

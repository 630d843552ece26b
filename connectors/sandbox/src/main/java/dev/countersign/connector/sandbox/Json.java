package dev.countersign.connector.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the provider speaks it: absent values are left out, unknown ones ignored. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Reads what this provider wrote itself. */
    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** Reads what a caller sent; says where it is wrong, never what stood there. */
    static <T> T read(byte[] json, Class<T> type) {
        try {
            var value = MAPPER.readValue(json, type);
            if (value == null) {
                throw Refusal.invalid("The body is empty. Send a JSON object.");
            }
            return value;
        } catch (JacksonException e) {
            var at = e.getLocation() == null
                    ? ""
                    : " near line " + e.getLocation().getLineNr();
            throw Refusal.invalid("The body is not the JSON that is expected here" + at + ".");
        }
    }
}

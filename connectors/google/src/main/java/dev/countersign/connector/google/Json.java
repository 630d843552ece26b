package dev.countersign.connector.google;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON that does not come by {@link dev.countersign.connector.Upstream.Request#as}: error bodies, parts of a batch, uploads, files. */
final class Json {
    /** An answer has at most 25 MiB, and a file in it is one string. */
    private static final int MOST_CHARACTERS = 26 * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MOST_CHARACTERS)
                            .build())
                    .build())
            .withConfigOverride(
                    List.class, list -> list.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .changeDefaultPropertyInclusion(
                    all -> JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private Json() {}

    static <T extends Record> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            // the exception quotes what was read
            throw new UpstreamException(Kind.BROKEN, "Google answered something that cannot be read. Try again later.");
        }
    }

    static byte[] write(Record value) {
        return MAPPER.writeValueAsBytes(value);
    }
}

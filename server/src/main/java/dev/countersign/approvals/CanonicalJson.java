package dev.countersign.approvals;

import dev.countersign.vault.RandomToken;
import java.util.TreeSet;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.databind.JsonNode;

/**
 * The one text that stands for a JSON value, which digests are made of and approvals keep. RFC 8785. What RFC 7493 (I-JSON)
 * leaves out is refused: integers that a double cannot hold, however they are spelled, and halves of surrogate pairs.
 */
public final class CanonicalJson {
    /** 2^53 - 1: RFC 7493 section 2.2. */
    private static final long GREATEST_INTEGER = 9_007_199_254_740_991L;

    private CanonicalJson() {}

    /** Says which value has no canonical form. */
    public static final class NotCanonicalException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotCanonicalException(String message) {
            super(message);
        }
    }

    public static String of(JsonNode value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    /** SHA-256 of what a call is: its tool and its canonical arguments. */
    public static String digest(String tool, String canonicalArguments) {
        return RandomToken.sha256(tool + "\n" + canonicalArguments);
    }

    private static void write(JsonNode value, StringBuilder text) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, text);
            case ARRAY -> writeArray(value, text);
            case STRING -> writeString(value.stringValue(), text);
            case NUMBER -> writeNumber(value, text);
            case BOOLEAN -> text.append(value.booleanValue());
            case NULL, MISSING -> text.append("null");
            case BINARY, POJO -> throw new NotCanonicalException("a value is not JSON");
        }
    }

    private static void writeObject(JsonNode object, StringBuilder text) {
        text.append('{');
        var first = true;
        // String compares UTF-16 code units, as RFC 8785 section 3.2.3 asks
        for (var name : new TreeSet<>(object.propertyNames())) {
            if (!first) {
                text.append(',');
            }
            first = false;
            writeString(name, text);
            text.append(':');
            write(object.get(name), text);
        }
        text.append('}');
    }

    private static void writeArray(JsonNode array, StringBuilder text) {
        text.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            write(array.get(i), text);
        }
        text.append(']');
    }

    private static void writeNumber(JsonNode number, StringBuilder text) {
        if (number.isIntegralNumber()) {
            if (!number.canConvertToLong()
                    || number.longValue() > GREATEST_INTEGER
                    || number.longValue() < -GREATEST_INTEGER) {
                throw outOfRange(number);
            }
            text.append(number.longValue());
            return;
        }
        try {
            var written = NumberToJSON.serializeNumber(number.doubleValue());
            // up to 1e21 it is written as an integer, and must be one that can be read again
            if (Math.abs(number.doubleValue()) > GREATEST_INTEGER && !written.contains("e")) {
                throw outOfRange(number);
            }
            text.append(written);
        } catch (java.io.IOException e) {
            throw new NotCanonicalException("the number " + shortened(number.asString()) + " is out of range");
        }
    }

    private static NotCanonicalException outOfRange(JsonNode number) {
        return new NotCanonicalException("the integer " + shortened(number.asString())
                + " is out of range: use one between -9007199254740991 and 9007199254740991");
    }

    private static void writeString(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        checkPair(value, i);
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static void checkPair(String value, int at) {
        char c = value.charAt(at);
        boolean alone = Character.isHighSurrogate(c)
                ? at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
        if (alone) {
            throw new NotCanonicalException("a text holds half a surrogate pair: send whole characters");
        }
    }

    private static String shortened(String digits) {
        return digits.length() <= 24 ? digits : digits.substring(0, 24) + "…";
    }
}

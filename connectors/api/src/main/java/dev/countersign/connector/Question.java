package dev.countersign.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person is asked before a call acts: a constant verb phrase and labelled values, built from the call's own
 * arguments and the upstream's data, never from words that the model supplied to describe them.
 *
 * @param verb constant, e.g. {@code Send mail}
 * @param values in the order in which they are shown
 * @param reaches mail addresses of the people whom the call reaches; when it is not empty the call counts as
 *     {@link Effect#SEND} at least
 * @param version the target's version tag (ETag, change key); a different one when the answer comes voids the answer
 */
public record Question(String verb, List<Value> values, List<String> reaches, Optional<String> version) {
    /** One labelled value; the console shows it apart, quoted and bounded. */
    public record Value(String label, String text) {}

    public Question {
        values = List.copyOf(values);
        reaches = List.copyOf(reaches);
    }

    public static Question of(String verb) {
        return new Question(verb, List.of(), List.of(), Optional.empty());
    }

    /** Adds a value; an empty text is left out. */
    public Question with(String label, String text) {
        if (text.isEmpty()) {
            return this;
        }
        var more = new ArrayList<>(values);
        more.add(new Value(label, text));
        return new Question(verb, more, reaches, version);
    }

    public Question with(String label, Optional<String> text) {
        return with(label, text.orElse(""));
    }

    /** Adds one value for each text, all under the same label. */
    public Question withEach(String label, List<String> texts) {
        var question = this;
        for (var text : texts) {
            question = question.with(label, text);
        }
        return question;
    }

    public Question reaching(List<String> addresses) {
        var all = new ArrayList<>(reaches);
        all.addAll(addresses);
        return new Question(verb, values, all, version);
    }

    public Question atVersion(Optional<String> tag) {
        return new Question(verb, values, reaches, tag);
    }
}

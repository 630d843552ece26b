package dev.countersign.console;

import java.util.List;
import java.util.Optional;

/** What the pages about approvals show. */
public final class ApprovalViews {
    private ApprovalViews() {}

    /** The inbox. */
    public record Inbox(List<Notice> notices, List<Item> waiting, List<Item> decided, boolean attached) {
        public Inbox {
            notices = List.copyOf(notices);
            waiting = List.copyOf(waiting);
            decided = List.copyOf(decided);
        }

        /** How many wait, to be spoken when it changes. */
        public String waitingWords() {
            return switch (waiting.size()) {
                case 0 -> "Nothing waits for you.";
                case 1 -> "1 question waits for you.";
                default -> waiting.size() + " questions wait for you.";
            };
        }
    }

    /**
     * One line of the inbox.
     *
     * @param gist whom or what it is about: the first values, bounded
     */
    public record Item(
            String href,
            String client,
            String verb,
            Optional<String> account,
            List<Run> gist,
            Moment when,
            Optional<Moment> expires,
            Badge state) {
        public Item {
            gist = List.copyOf(gist);
        }
    }

    /**
     * The question and what became of it.
     *
     * @param open whether it can be decided now
     * @param moving whether its state will change by itself
     * @param outcome what became of it, in words, once decided
     * @param countersigned when the person approved
     */
    public record Question(
            String id,
            String digest,
            String client,
            String verb,
            Optional<String> account,
            List<Value> values,
            List<String> reasons,
            Moment asked,
            Moment expires,
            boolean open,
            boolean moving,
            Badge state,
            Optional<Notice> outcome,
            List<Notice> notices,
            Refusal refusal,
            Optional<Moment> countersigned)
            implements FormView {
        public Question {
            values = List.copyOf(values);
            reasons = List.copyOf(reasons);
            notices = List.copyOf(notices);
        }
    }

    /**
     * Values under one label.
     *
     * @param several whether they are listed
     */
    public record Value(String label, List<Text> texts, boolean several) {
        public Value {
            texts = List.copyOf(texts);
        }
    }

    /**
     * One value.
     *
     * @param marks what is odd about it, in words
     * @param size how long it is, where that is worth saying
     * @param tall whether it scrolls inside its box
     */
    public record Text(List<Run> runs, List<String> marks, Optional<String> size, boolean tall) {
        public Text {
            runs = List.copyOf(runs);
            marks = List.copyOf(marks);
        }
    }

    /**
     * A piece of a text.
     *
     * @param hidden whether it stands for a character that would not be seen
     */
    public record Run(String text, boolean hidden) {}
}

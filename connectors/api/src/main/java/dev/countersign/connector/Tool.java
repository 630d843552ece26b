package dev.countersign.connector;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A tool as its author declares it. Consent, tokens, confirmation, schemas, paging seals and audit are the server's work.
 *
 * <p>Input and output are records whose components may be {@code String}, {@code boolean}, {@code int}, {@code long},
 * {@code double}, enums, {@link java.time.Instant}, {@link java.time.OffsetDateTime}, {@link java.time.LocalDate}, nested
 * records, {@link List}s and {@link Optional}s of these; an {@code Optional} is a property that may be absent. A tool of
 * {@link Accounts#ONE} has a component {@code Optional<String> account}; one of {@link Accounts#EVERY} has {@code
 * List<String> accounts} (an absent list is empty).
 *
 * @param name thing and verb, {@code [a-z0-9_]}, at most 64
 * @param title for people, e.g. {@code Send mail}
 * @param description one plain sentence that a model can choose by
 * @param scopes our scopes that a call needs, e.g. {@code mail:send}
 * @param accounts how many linked accounts a call uses
 * @param service the service that those accounts must offer, or empty for a connector's own tool
 * @param question what the person is asked; empty exactly for {@link Effect#READ}
 * @param recover finds out whether an interrupted run acted; without it such a run stays unknown and is not repeated
 * @param text the form of a result that models read; empty when it is the result's JSON
 * @param foreign what in a result others wrote
 */
public record Tool<I extends Record, O extends Record>(
        String name,
        String title,
        String description,
        Effect effect,
        List<String> scopes,
        Accounts accounts,
        Optional<Class<?>> service,
        Class<I> input,
        Class<O> output,
        Optional<Ask<I>> question,
        Run<I, O> run,
        Optional<Recover<I, O>> recover,
        Optional<Function<O, String>> text,
        Function<O, List<Foreign>> foreign) {

    /** How many linked accounts a call uses. */
    public enum Accounts {
        /** None: the tool works on what the server knows. */
        NONE,
        /** One: named by the {@code account} argument, or the only one there is. */
        ONE,
        /** All that can serve it, or those that the {@code accounts} argument names. */
        EVERY
    }

    /** Says what the person is asked, with reads only. Called again after the answer; a changed text voids the answer. */
    @FunctionalInterface
    public interface Ask<I> {
        Question about(I in, Call call);
    }

    /** The tool's body. It is entered only to act: consent and confirmation are behind it. */
    @FunctionalInterface
    public interface Run<I, O> {
        O call(I in, Call call);
    }

    /**
     * Asks the upstream, with reads only, whether an earlier run of the same {@link Call#id()} acted: its result when it
     * did, empty when it surely did not and may run now.
     */
    @FunctionalInterface
    public interface Recover<I, O> {
        Optional<O> resultOf(I in, Call call);
    }

    public Tool {
        scopes = List.copyOf(scopes);
        if (!name.matches("[a-z0-9_]{1,64}")) {
            throw new IllegalArgumentException("tool name must be [a-z0-9_]{1,64}: " + name);
        }
        if (question.isPresent() == (effect == Effect.READ)) {
            throw new IllegalArgumentException(name + ": a tool asks exactly when it does more than read");
        }
    }

    /** Starts a tool that changes nothing. */
    public static <I extends Record, O extends Record> Builder<I, O> read(
            String name, String title, Class<I> input, Class<O> output) {
        return new Builder<>(name, title, Effect.READ, input, output);
    }

    /** Starts a tool that acts; it needs {@link Builder#ask}. */
    public static <I extends Record, O extends Record> Builder<I, O> act(
            Effect effect, String name, String title, Class<I> input, Class<O> output) {
        return new Builder<>(name, title, effect, input, output);
    }

    /** Collects what a tool needs; {@link #run} ends it. */
    public static final class Builder<I extends Record, O extends Record> {
        private final String name;
        private final String title;
        private final Effect effect;
        private final Class<I> input;
        private final Class<O> output;
        private String description = "";
        private List<String> scopes = List.of();
        private Accounts accounts = Accounts.ONE;
        private Optional<Class<?>> service = Optional.empty();
        private Optional<Ask<I>> question = Optional.empty();
        private Optional<Recover<I, O>> recover = Optional.empty();
        private Optional<Function<O, String>> text = Optional.empty();
        private Function<O, List<Foreign>> foreign = out -> List.of();

        private Builder(String name, String title, Effect effect, Class<I> input, Class<O> output) {
            this.name = name;
            this.title = title;
            this.effect = effect;
            this.input = input;
            this.output = output;
        }

        public Builder<I, O> description(String sentence) {
            this.description = sentence;
            return this;
        }

        public Builder<I, O> scopes(String... ours) {
            this.scopes = List.of(ours);
            return this;
        }

        public Builder<I, O> accounts(Accounts count) {
            this.accounts = count;
            return this;
        }

        public Builder<I, O> service(Class<?> type) {
            this.service = Optional.of(type);
            return this;
        }

        public Builder<I, O> ask(Ask<I> about) {
            this.question = Optional.of(about);
            return this;
        }

        public Builder<I, O> recover(Recover<I, O> find) {
            this.recover = Optional.of(find);
            return this;
        }

        /** Says a result in words, where a sentence reads better than its JSON. */
        public Builder<I, O> text(Function<O, String> readable) {
            this.text = Optional.of(readable);
            return this;
        }

        public Builder<I, O> foreign(Function<O, List<Foreign>> writtenByOthers) {
            this.foreign = writtenByOthers;
            return this;
        }

        public Tool<I, O> run(Run<I, O> body) {
            return new Tool<>(
                    name,
                    title,
                    description,
                    effect,
                    scopes,
                    accounts,
                    service,
                    input,
                    output,
                    question,
                    body,
                    recover,
                    text,
                    foreign);
        }
    }
}

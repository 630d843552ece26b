package dev.countersign.bench;

/** What a figure should come to. */
sealed interface Goal {
    /** Nothing is asked of it. */
    record None() implements Goal {}

    /** More is better. */
    record Least(double atLeast, double aim) implements Goal {}

    /** Less is better. */
    record Most(double atMost, double aim) implements Goal {}

    Goal NONE = new None();

    static Goal least(double atLeast, double aim) {
        return new Least(atLeast, aim);
    }

    static Goal most(double atMost, double aim) {
        return new Most(atMost, aim);
    }

    default String bound(String format) {
        return switch (this) {
            case None() -> "";
            case Least(var least, var _) -> format.formatted(least);
            case Most(var most, var _) -> format.formatted(most);
        };
    }

    default String aimed(String format) {
        return switch (this) {
            case None() -> "";
            case Least(var _, var aim) -> format.formatted(aim);
            case Most(var _, var aim) -> format.formatted(aim);
        };
    }

    /** What is to be seen at a glance. */
    default String mark(double value) {
        return switch (this) {
            case None() -> "";
            case Least(var least, var aim) -> value < least ? "BELOW" : value >= aim ? "aim" : "";
            case Most(var most, var aim) -> value > most ? "BELOW" : value <= aim ? "aim" : "";
        };
    }
}

package dev.countersign.console;

import dev.countersign.console.RecordViews.Warning;
import dev.countersign.risk.Signal;
import java.util.Optional;

/** Says what was noticed and what was done about it. */
final class Signals {
    private Signals() {}

    static Warning warning(Signal signal, Times times) {
        return switch (signal.response()) {
            case NOTE -> warning(signal, times, "Noted", Notice.Tone.NOTE);
            case RAISE -> warning(signal, times, "You are asked first", Notice.Tone.WARN);
            case END_SESSION -> warning(signal, times, "The app's access was ended", Notice.Tone.BAD);
        };
    }

    private static Warning warning(Signal signal, Times times, String response, Notice.Tone tone) {
        return new Warning(signal.words(), Optional.of(response), times.ago(signal.at()), tone);
    }
}

package dev.countersign.bench;

import static dev.countersign.bench.Subject.BARE;
import static dev.countersign.bench.Subject.BLOCKED;
import static dev.countersign.bench.Subject.ECHO;
import static dev.countersign.bench.Subject.LEGACY;
import static dev.countersign.bench.Subject.READ;
import static dev.countersign.bench.Subject.SDK;
import static dev.countersign.bench.Subject.TYPESCRIPT;
import static dev.countersign.bench.Subject.WRITE;

/** What follows from the rounds of load: the rows of the table, and what each subject costs. */
record LoadRows(Figures figures) {
    /** An answer that takes longer was not late but stuck. */
    private static final double STALL_MILLIS = 1000;

    private static final String DETAIL = "%-76s %10s %10s %10s%n";

    void addTo(Table table) {
        calls(table, ECHO, Goal.least(0.85, 0.95));
        calls(table, READ, Goal.least(0.65, 0.75));
        p99(table, READ, Goal.most(1.3, 1.1));
        calls(table, WRITE, Goal.least(0.38, 0.50));
        p99(table, WRITE, Goal.most(2, 1.5));
        calls(table, LEGACY, Goal.least(0.30, 0.40));
        peer(table, SDK, Goal.least(1.9, 2.3));
        peer(table, TYPESCRIPT, Goal.least(18, 25));
        blocked(table);
    }

    /** All subjects, for those who ask where the time goes. */
    void printDetail() {
        if (!figures.has(BARE)) {
            return;
        }
        System.out.printf(
                "%nbare Jetty: %.0f calls/s, %.1f µs CPU a call, p99 %.1f ms, swing %.0f %%%n%n",
                figures.calls(BARE), figures.cpu(BARE), figures.p99(BARE), figures.swing(BARE) * 100);
        System.out.printf(DETAIL, "against bare", "calls/s", "CPU a call", "p99");
        for (var subject : Subject.values()) {
            if (figures.has(subject)) {
                System.out.printf(
                        DETAIL,
                        subject.title(),
                        "%.2f".formatted(figures.calls(subject) / figures.calls(BARE)),
                        "%.2f".formatted(figures.cpu(subject) / figures.cpu(BARE)),
                        "%.1f×".formatted(figures.p99(subject) / figures.p99(BARE)));
            }
        }
        System.out.println();
    }

    private void calls(Table table, Subject subject, Goal goal) {
        if (figures.has(subject) && figures.has(BARE)) {
            table.add(
                    subject.title() + ": calls/s against bare",
                    "%.2f",
                    figures.calls(subject) / figures.calls(BARE),
                    goal);
        }
    }

    private void p99(Table table, Subject subject, Goal goal) {
        if (figures.has(subject) && figures.has(BARE)) {
            table.add(subject.title() + ": p99 against bare", "%.2f×", figures.p99(subject) / figures.p99(BARE), goal);
        }
    }

    private void blocked(Table table) {
        if (figures.has(BLOCKED)) {
            table.add(
                    BLOCKED.title() + ": p99 against without",
                    "%.2f×",
                    figures.p99(BLOCKED) / figures.p99(READ),
                    Goal.most(1.5, 1.2));
            table.add(
                    BLOCKED.title() + ": longest, ms",
                    "%.0f",
                    figures.longest(BLOCKED),
                    Goal.most(STALL_MILLIS, STALL_MILLIS));
        }
    }

    private void peer(Table table, Subject peer, Goal goal) {
        if (figures.has(peer)) {
            table.add(
                    "the read tool against " + peer.title() + ": calls/s",
                    "%.2f×",
                    figures.calls(READ) / figures.calls(peer),
                    goal);
        }
    }
}

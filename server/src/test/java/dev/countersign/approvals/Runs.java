package dev.countersign.approvals;

import dev.countersign.connector.Question;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A runner that notes what it is given and does what the test says. */
final class Runs implements Runner {
    final Queue<Run> seen = new ConcurrentLinkedQueue<>();
    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch released;
    private final Supplier<RunResult> result;

    record Run(String id, String arguments, int attempt) {}

    private Runs(CountDownLatch released, Supplier<RunResult> result) {
        this.released = released;
        this.result = result;
    }

    static Runs giving(Supplier<RunResult> result) {
        return new Runs(new CountDownLatch(0), result);
    }

    static Runs done() {
        return giving(() -> new RunResult.Done("{\"id\":\"1\"}"));
    }

    /** Stands still in the middle of a run until it is released. */
    static Runs held(RunResult result) {
        return new Runs(new CountDownLatch(1), () -> result);
    }

    @Override
    public RunResult run(FrozenCall call, Question shown, int attempt) {
        seen.add(new Run(call.id(), call.canonicalArguments(), attempt));
        entered.release();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return result.get();
    }

    /** Waits until so many more runs have begun. */
    void awaitEntered(int more) throws InterruptedException {
        if (!entered.tryAcquire(more, 120, TimeUnit.SECONDS)) {
            throw new AssertionError("the runner was not entered");
        }
    }

    void release() {
        released.countDown();
    }
}

package dev.countersign.mcp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls under way. One ticker looks at all of them: it opens the stream of a call that takes long, and ends one whose
 * time is over. A call costs it one set entry.
 */
public final class InFlight implements AutoCloseable {
    /** Two ticks after a client left, a write to its stream fails: well under the second that cancellation may take. */
    private static final Duration TICK = Duration.ofMillis(300);

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> watched = ConcurrentHashMap.newKeySet();
    private final Thread ticker;

    public InFlight() {
        this.ticker = Thread.ofPlatform().daemon().name("mcp-in-flight").unstarted(this::tick);
        this.ticker.start();
    }

    /** Why a call was ended from outside. */
    enum End {
        CANCELLED,
        LATE
    }

    /** Watches the current thread's call until it is closed. */
    Running enter() {
        var call = new Running(Thread.currentThread());
        running.add(call);
        return call;
    }

    /** Runs at each tick until it is forgotten; must return soon. */
    void watch(Runnable action) {
        watched.add(action);
    }

    void forget(Runnable action) {
        watched.remove(action);
    }

    int size() {
        return running.size();
    }

    private void tick() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
            for (var call : running) {
                call.tick();
            }
            watched.forEach(Runnable::run);
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
    }

    /** One call; ending it interrupts its thread, once, and never after it was closed. */
    public final class Running implements AutoCloseable {
        private final Thread thread;
        private volatile Runnable onTick = () -> {};
        private final long enteredAt = System.nanoTime();
        private long deadline = Long.MAX_VALUE;
        private boolean closed;
        private volatile @org.jspecify.annotations.Nullable End end;

        private Running(Thread thread) {
            this.thread = thread;
        }

        /** What to do about a call that takes longer than a tick, at each tick. */
        void eachTick(Runnable action) {
            onTick = action;
        }

        /** Ends the call when what comes now takes longer. */
        synchronized void limit(Duration most) {
            deadline = System.nanoTime() - enteredAt + most.toNanos();
        }

        /** What comes now has limits of its own. */
        synchronized void unlimited() {
            deadline = Long.MAX_VALUE;
            if (end == End.LATE) {
                end = null;
                Thread.interrupted();
            }
        }

        /** The client does not want it any more. */
        void cancel() {
            end(End.CANCELLED);
        }

        boolean cancelled() {
            return end == End.CANCELLED;
        }

        boolean late() {
            return end == End.LATE;
        }

        boolean ended() {
            return end != null;
        }

        private synchronized void end(End why) {
            if (!closed && end != End.CANCELLED) {
                end = why;
                thread.interrupt();
            }
        }

        private void tick() {
            long age = System.nanoTime() - enteredAt;
            boolean over;
            synchronized (this) {
                over = age > deadline && end == null;
            }
            if (over) {
                end(End.LATE);
            }
            if (age > TICK.toNanos()) {
                onTick.run();
            }
        }

        @Override
        public void close() {
            running.remove(this);
            synchronized (this) {
                closed = true;
                if (end != null) {
                    Thread.interrupted(); // the thread goes back to the server: the interrupt was for the call
                }
            }
        }
    }
}

package dev.countersign.approvals;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Places for runs: so many for all people, and of these no more than a share for one person, each given in the order in which
 * it was asked for. So a provider that does not answer one person holds up that person's calls only.
 */
final class Places {
    private final Semaphore all;
    private final int share;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    /**
     * A person's share.
     *
     * @param users how many hold one of its places or wait for one
     */
    private record Share(Semaphore places, int users) {}

    Places(int all, int share) {
        this.all = new Semaphore(all, true);
        this.share = share;
    }

    /** Whether a run of this person would find a place now. */
    boolean free(String userId) {
        var taken = shares.get(userId);
        return all.availablePermits() > 0 && (taken == null || taken.users < share);
    }

    /** Runs it in a place, for which it waits. */
    void run(String userId, Runnable work) throws InterruptedException {
        var mine = join(userId);
        try {
            in(mine, () -> in(all, work::run));
        } finally {
            leave(userId);
        }
    }

    private interface Step {
        void go() throws InterruptedException;
    }

    private static void in(Semaphore places, Step step) throws InterruptedException {
        places.acquire();
        try {
            step.go();
        } finally {
            places.release();
        }
    }

    private Semaphore join(String userId) {
        return shares.merge(
                        userId,
                        new Share(new Semaphore(share, true), 1),
                        (held, one) -> new Share(held.places, held.users + one.users))
                .places;
    }

    private void leave(String userId) {
        shares.computeIfPresent(userId, (id, held) -> held.users == 1 ? null : new Share(held.places, held.users - 1));
    }
}

package dev.countersign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** The same thing on many threads that begin together. */
public final class AtOnce {
    public static final int MANY = 64;

    private AtOnce() {}

    /** Gives the results in the threads' order; fails with what any of them failed with. */
    public static <T> List<T> run(int threads, IntFunction<T> what) throws Exception {
        var begin = new CountDownLatch(1);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<T>>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    begin.await();
                    return what.apply(number);
                }));
            }
            begin.countDown();
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}

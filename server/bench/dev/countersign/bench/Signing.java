package dev.countersign.bench;

import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** How often a second: tokens rotated at the token endpoint, and the ES256 signatures that they cost at least. */
final class Signing {
    private Signing() {}

    /** Signatures of all processors together. */
    static double rawPerSecond(int seconds) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var key = generator.generateKeyPair().getPrivate();
        var message = new byte[300];
        return perSecond(Runtime.getRuntime().availableProcessors(), seconds, i -> () -> {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        });
    }

    /** Rotations, each client one after the other, all clients at once. */
    static double rotationsPerSecond(Attached attached, String[] refreshTokens, int seconds) throws Exception {
        return perSecond(refreshTokens.length, seconds, i -> () -> {
            refreshTokens[i] =
                    attached.clients().get(i).login().refresh(refreshTokens[i]).refreshToken();
            return refreshTokens[i];
        });
    }

    private interface Work {
        Callable<?> of(int worker);
    }

    private static double perSecond(int workers, int seconds, Work work) throws Exception {
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        try (var threads = Executors.newFixedThreadPool(workers)) {
            var counts = threads.invokeAll(IntStream.range(0, workers)
                    .<Callable<Long>>mapToObj(worker -> () -> {
                        var once = work.of(worker);
                        long count = 0;
                        for (; System.nanoTime() < end; count++) {
                            once.call();
                        }
                        return count;
                    })
                    .toList());
            long sum = 0;
            for (var count : counts) {
                sum += count.get();
            }
            return sum * 1e9 / (System.nanoTime() - start);
        }
    }
}

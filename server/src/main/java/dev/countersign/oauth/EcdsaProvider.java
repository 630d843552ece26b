package dev.countersign.oauth;

import com.nimbusds.jose.jca.JCAContext;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * BoringSSL for the signatures of access tokens. It signs in a third of the JDK's time and verifies in a seventh, and is machine
 * code that takes a while to load: until it is there, and where there is none for this machine, the JDK does the same. A start
 * does without it.
 */
final class EcdsaProvider {
    private static final Logger LOG = LoggerFactory.getLogger(EcdsaProvider.class);
    private static final String ALGORITHM = "SHA256withECDSA";

    private final Supplier<Provider> source;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile @Nullable Provider loaded;

    EcdsaProvider() {
        this(() -> Conscrypt.newProviderBuilder().provideTrustManager(false).build());
    }

    /** @param source is asked once */
    EcdsaProvider(Supplier<Provider> source) {
        this.source = source;
    }

    /** Has what signs or verifies next do so by the fastest means that are there. The first signature has the others loaded. */
    void applyTo(JCAContext signature) {
        if (!begun.get() && !begun.getAndSet(true)) {
            Thread.ofPlatform().name("load-boringssl").daemon().start(this::load);
        }
        signature.setProvider(loaded);
    }

    /** Takes what signs as the JDK does, and nothing else. */
    void load() {
        begun.set(true);
        try {
            var found = source.get();
            check(found);
            loaded = found;
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            LOG.info("signatures are made by Java itself, because BoringSSL cannot be loaded: {}", e.toString());
        }
    }

    boolean isLoaded() {
        return loaded != null;
    }

    private static void check(Provider provider) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var message = new byte[] {1, 2, 3};
        var signing = Signature.getInstance(ALGORITHM, provider);
        signing.initSign(pair.getPrivate());
        signing.update(message);
        var signature = signing.sign();
        for (var verifying :
                new Signature[] {Signature.getInstance(ALGORITHM), Signature.getInstance(ALGORITHM, provider)}) {
            verifying.initVerify(pair.getPublic());
            verifying.update(message);
            if (!verifying.verify(signature)) {
                throw new GeneralSecurityException("its signature does not hold");
            }
        }
    }
}

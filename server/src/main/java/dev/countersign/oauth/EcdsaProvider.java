package dev.countersign.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
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

    /** What signs with a key by the fastest means that are there; ask anew once {@link #isLoaded} says that there are faster ones. */
    ECDSASigner signer(ECKey key) throws JOSEException {
        loadSoon();
        var provider = loaded;
        if (provider == null) {
            return new ECDSASigner(key);
        }
        // a key of the provider's own: another would be read anew for each signature, which takes as long as to sign
        try {
            var signer = new ECDSASigner(own(key.toECPrivateKey(), provider), key.getCurve());
            signer.getJCAContext().setProvider(provider);
            return signer;
        } catch (GeneralSecurityException e) {
            throw new JOSEException("what has signed before cannot read this key", e);
        }
    }

    /** Has what verifies next do so by the fastest means that are there. */
    void applyTo(JCAContext verification) {
        loadSoon();
        verification.setProvider(loaded);
    }

    /** The first signature, made or verified, has them loaded. */
    private void loadSoon() {
        if (!begun.get() && !begun.getAndSet(true)) {
            Thread.ofPlatform().name("load-boringssl").daemon().start(this::load);
        }
    }

    private static PrivateKey own(PrivateKey key, Provider provider) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
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
        signing.initSign(own(pair.getPrivate(), provider));
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

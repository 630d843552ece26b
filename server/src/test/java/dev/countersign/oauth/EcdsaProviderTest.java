package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.countersign.front.Await;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EcdsaProviderTest {
    private final EcdsaProvider fast = new EcdsaProvider();
    private final EcdsaProvider javas = new EcdsaProvider(EcdsaProviderTest::none);

    private static Provider none() {
        throw new UnsatisfiedLinkError("no code for this machine");
    }

    private static String signed(ECKey key, EcdsaProvider by) throws Exception {
        var signer = by.signer(key);
        var jws = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("words"));
        jws.sign(signer);
        return jws.serialize();
    }

    private static boolean holds(ECKey key, String jws, EcdsaProvider by) throws Exception {
        var verifier = new ECDSAVerifier(key.toPublicJWK());
        by.applyTo(verifier.getJCAContext());
        return JWSObject.parse(jws).verify(verifier);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC, OS.WINDOWS})
    void boringSsl_andJava_takeEachOthersSignatures_andNoOthers() throws Exception {
        fast.load();
        assertThat(fast.isLoaded()).isTrue();
        var key = new ECKeyGenerator(Curve.P_256).generate();
        var other = new ECKeyGenerator(Curve.P_256).generate();
        for (var signing : new EcdsaProvider[] {fast, javas}) {
            for (var verifying : new EcdsaProvider[] {fast, javas}) {
                var jws = signed(key, signing);
                assertThat(holds(key, jws, verifying)).isTrue();
                assertThat(holds(other, jws, verifying)).isFalse();
                assertThat(holds(key, jws.replaceFirst("\\..*\\.", ".b3RoZXI."), verifying))
                        .isFalse();
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC, OS.WINDOWS})
    void onceItIsLoaded_itSignsWithAKeyOfItsOwn() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).generate();
        fast.load();

        var signer = fast.signer(key);

        assertThat(signer.getJCAContext().getProvider().getName()).isEqualTo("Conscrypt");
        assertThat(signer.getPrivateKey().getClass().getPackageName()).isEqualTo("org.conscrypt");
    }

    @Test
    void firstSignature_hasItLoaded_andDoesNotWait() throws Exception {
        var mayLoad = new CountDownLatch(1);
        var slow = new EcdsaProvider(() -> {
            awaited(mayLoad);
            return Security.getProvider("SunEC");
        });
        var key = new ECKeyGenerator(Curve.P_256).generate();
        assertThat(holds(key, signed(key, slow), slow)).isTrue();
        assertThat(slow.isLoaded()).isFalse();
        mayLoad.countDown();
        Await.until("BoringSSL is loaded", slow::isLoaded);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has signatures, but none that hold. */
    private static final class Broken extends Provider {
        private static final long serialVersionUID = 1;

        private Broken() {
            super("Broken", "1", "signs with SHA-1 whatever it is asked for");
            put("KeyFactory.EC", "sun.security.ec.ECKeyFactory");
            put("Signature.SHA256withECDSA", "sun.security.ec.ECDSASignature$SHA1");
        }
    }

    @Test
    void whatCannotBeLoaded_orDoesNotSignAsJavaDoes_isNotTaken() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).generate();
        for (var unfit : new EcdsaProvider[] {javas, new EcdsaProvider(Broken::new)}) {
            unfit.load();
            assertThat(unfit.isLoaded()).isFalse();
            assertThat(holds(key, signed(key, unfit), javas)).isTrue();
        }
    }
}

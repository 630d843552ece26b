package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EcdsaProviderTest {
    private final EcdsaProvider fast = new EcdsaProvider();
    private final EcdsaProvider javas = new EcdsaProvider();

    private static String signed(ECKey key, EcdsaProvider by) throws Exception {
        var signer = new ECDSASigner(key);
        by.applyTo(signer.getJCAContext());
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

    /** Has signatures, but none that hold. */
    private static final class Broken extends Provider {
        private static final long serialVersionUID = 1;

        private Broken() {
            super("Broken", "1", "signs with SHA-1 whatever it is asked for");
            put("Signature.SHA256withECDSA", "sun.security.ec.ECDSASignature$SHA1");
        }
    }

    @Test
    void whatCannotBeLoaded_orDoesNotSignAsJavaDoes_isNotTaken() throws Exception {
        fast.load(() -> {
            throw new UnsatisfiedLinkError("no code for this machine");
        });
        fast.load(Broken::new);
        assertThat(fast.isLoaded()).isFalse();
        var key = new ECKeyGenerator(Curve.P_256).generate();
        assertThat(holds(key, signed(key, fast), javas)).isTrue();
    }
}

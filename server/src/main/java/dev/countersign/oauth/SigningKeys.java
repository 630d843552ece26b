package dev.countersign.oauth;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;

/** The keys of access tokens: one signs, those that signed tokens still valid verify. */
public interface SigningKeys {
    /** The key that signs now, with its private half. */
    ECKey current();

    /** Public halves of all keys whose tokens may still be valid. */
    JWKSet published();
}

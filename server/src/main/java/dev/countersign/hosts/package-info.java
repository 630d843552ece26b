/**
 * The servers of accounts that are signed in to directly, with a password or an access token: looked up, checked, connected
 * to and signed in to. What opens them leaves to them alone and over TLS alone. Uses vault and oauth.
 */
@NullMarked
package dev.countersign.hosts;

import org.jspecify.annotations.NullMarked;

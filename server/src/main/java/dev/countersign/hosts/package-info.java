/**
 * The servers of accounts that are signed in to with a password: looked up, checked, connected to and signed in to. A
 * password leaves to them alone and over TLS alone. Uses vault and oauth.
 */
@NullMarked
package dev.countersign.hosts;

import org.jspecify.annotations.NullMarked;

/**
 * What the author of a connector writes against: providers, tools, services and the HTTP of one linked account. Uses
 * the JDK only; no token, no client secret and no database ever passes through these types.
 */
@NullMarked
package dev.countersign.connector;

import org.jspecify.annotations.NullMarked;

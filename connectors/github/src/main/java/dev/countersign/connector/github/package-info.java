/**
 * GitHub as a connector: tools of its own for repositories, issues, pull requests and code, and search over what involves
 * the person. Uses the connector API and Jackson.
 */
@NullMarked
package dev.countersign.connector.github;

import org.jspecify.annotations.NullMarked;

/**
 * The ordered list of checks that every call of a tool passes, and its outcome. Uses approvals, risk, connections and oauth.
 */
@NullMarked
package dev.countersign.policy;

import org.jspecify.annotations.NullMarked;

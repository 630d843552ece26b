/**
 * The ordered list of checks that every call of a tool passes, and its outcome. Uses approvals, risk, connections, oauth,
 * config, http and telemetry.
 */
@NullMarked
package dev.countersign.policy;

import org.jspecify.annotations.NullMarked;

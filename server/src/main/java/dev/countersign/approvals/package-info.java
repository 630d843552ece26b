/**
 * Frozen calls that wait for a person, and their execution once. Uses oauth, identity, connections, vault,
 * audit, store, risk, http and telemetry.
 */
@NullMarked
package dev.countersign.approvals;

import org.jspecify.annotations.NullMarked;

/**
 * Frozen calls that wait for a person, and their execution once. Uses oauth, identity, vault, audit, store and risk.
 */
@NullMarked
package dev.countersign.approvals;

import org.jspecify.annotations.NullMarked;

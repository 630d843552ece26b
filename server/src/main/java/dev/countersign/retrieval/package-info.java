/**
 * Documents of the organisation, their index, and the search over them and over linked accounts. Uses permissions, connections,
 * oauth, store and telemetry.
 */
@NullMarked
package dev.countersign.retrieval;

import org.jspecify.annotations.NullMarked;

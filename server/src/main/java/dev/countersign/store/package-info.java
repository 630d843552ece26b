/**
 * The database: one writer that commits in groups, many readers, migrations, and one class per table. Uses no other room.
 */
@NullMarked
package dev.countersign.store;

import org.jspecify.annotations.NullMarked;

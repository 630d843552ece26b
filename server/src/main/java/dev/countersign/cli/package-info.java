/**
 * The commands of the command line. Uses everything.
 */
@NullMarked
package dev.countersign.cli;

import org.jspecify.annotations.NullMarked;

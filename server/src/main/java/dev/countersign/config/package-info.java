/**
 * The settings: read from the file, the environment and the command line, checked, and said back. Uses http's settings.
 */
@NullMarked
package dev.countersign.config;

import org.jspecify.annotations.NullMarked;

/** Tests of the signals. */
@NullMarked
package dev.countersign.risk;

import org.jspecify.annotations.NullMarked;

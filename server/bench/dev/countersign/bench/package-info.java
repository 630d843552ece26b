/**
 * The benchmark: servers to compare with, the load, and the table of ratios. Lies beside the product, not in its jar.
 */
package dev.countersign.bench;

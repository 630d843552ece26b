/** Tests of the endpoint, through HTTP where the wire matters. */
@NullMarked
package dev.countersign.mcp;

import org.jspecify.annotations.NullMarked;

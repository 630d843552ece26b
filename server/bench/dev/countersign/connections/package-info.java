/** What the benchmark reaches of this room from inside: the token of a linked account, without a request that carries it. */
package dev.countersign.connections;

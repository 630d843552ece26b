package dev.countersign.connector;

import java.util.List;

/** Tools that belong to no single provider: written once over services. Found with {@link java.util.ServiceLoader}. */
public interface Toolset {
    List<Tool<?, ?>> tools();
}

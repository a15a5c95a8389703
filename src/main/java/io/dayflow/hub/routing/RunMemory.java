package io.dayflow.hub.routing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a provider's routes remember from one collection of a run to the next, where one request answers for all of them.
 * It lives in the exchange variable {@code memory}, which the splits of a run share, and is gone with the run. Without a run
 * nothing is remembered. Safe for the threads of one run.
 */
@Component("memory")
public class RunMemory {

    /** Begins a run: nothing is remembered yet. */
    static void begin(Exchange exchange) {
        exchange.setVariable(Variables.MEMORY, new ConcurrentHashMap<String, Optional<Object>>());
    }

    /** Whether this run has kept something under the key. */
    public boolean has(String key, Exchange exchange) {
        return kept(exchange).containsKey(key);
    }

    /** What was kept under the key; null if nothing was. */
    public @Nullable Object recall(String key, Exchange exchange) {
        return kept(exchange).getOrDefault(key, Optional.empty()).orElse(null);
    }

    /** Keeps the body under the key, in the place of what was kept there, and leaves it as it is. */
    public void keep(String key, Exchange exchange) {
        if (exchange.getVariable(Variables.MEMORY) != null) {
            kept(exchange).put(key, Optional.ofNullable(exchange.getMessage().getBody()));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Optional<Object>> kept(Exchange exchange) {
        Object memory = exchange.getVariable(Variables.MEMORY);
        return memory == null ? Map.of() : (Map<String, Optional<Object>>) memory;
    }
}

package io.dayflow.hub.call;

import java.util.HashMap;
import java.util.Map;

/**
 * What each HTTP status means where a call did not expect it. A status that is not listed is {@link Sort#UNREADABLE}
 * below 400, {@link Sort#REJECTED} below 500 and {@link Sort#TRANSIENT} from there.
 *
 * @param errors reads what the service says in JSON with it
 */
public record FaultTable(Map<Integer, Sort> sorts, ErrorReader errors) {

    /** The kinds of {@link io.dayflow.hub.provider.Fault}. */
    public enum Sort {
        TRANSIENT,
        RATE_LIMITED,
        NEEDS_RECONNECT,
        REJECTED,
        GONE,
        UNREADABLE
    }

    /** What holds for every provider. */
    public static final FaultTable STANDARD = new FaultTable(
            Map.ofEntries(
                    Map.entry(401, Sort.NEEDS_RECONNECT),
                    Map.entry(404, Sort.GONE),
                    Map.entry(408, Sort.TRANSIENT),
                    Map.entry(410, Sort.GONE),
                    Map.entry(423, Sort.TRANSIENT),
                    Map.entry(425, Sort.TRANSIENT),
                    Map.entry(429, Sort.RATE_LIMITED),
                    Map.entry(507, Sort.REJECTED)),
            ErrorReader.NONE);

    public FaultTable {
        sorts = Map.copyOf(sorts);
    }

    /** This table with what a provider does differently, and the reader of what it says with it. */
    public FaultTable with(Map<Integer, Sort> differences, ErrorReader reader) {
        var merged = new HashMap<>(sorts);
        merged.putAll(differences);
        return new FaultTable(merged, reader);
    }

    Sort of(int status) {
        Sort sort = sorts.get(status);
        if (sort != null) {
            return sort;
        }
        return status < 400 ? Sort.UNREADABLE : status < 500 ? Sort.REJECTED : Sort.TRANSIENT;
    }
}

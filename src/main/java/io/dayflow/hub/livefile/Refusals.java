package io.dayflow.hub.livefile;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that are refused at the moment, for the operator's page. Logs each refusal once. Thread-safe. */
public final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final Clock clock;
    private final Map<String, Refusal> refusals = new TreeMap<>();

    public Refusals(Clock clock) {
        this.clock = clock;
    }

    /** The refusals in force, by file; empty when all is well. */
    public synchronized List<Refusal> all() {
        return List.copyOf(refusals.values());
    }

    /** @param line from 1; 0 where it is not known */
    public synchronized void refuse(String file, int line, String reason) {
        Refusal before = refusals.get(file);
        if (before != null && before.line() == line && before.reason().equals(reason)) {
            return;
        }
        refusals.put(file, new Refusal(file, line, reason, clock.instant()));
        log.warn("{}{} is refused, what was there before goes on: {}", file, line > 0 ? " line " + line : "", reason);
    }

    /** The file is good, or gone. */
    public synchronized void lift(String file) {
        if (refusals.remove(file) != null) {
            log.info("{} is no longer refused", file);
        }
    }
}

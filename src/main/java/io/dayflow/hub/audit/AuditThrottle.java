package io.dayflow.hub.audit;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Audit lines that anybody can cause, and so as often as they like. The first of its kind is written at once; the same
 * again within a minute is only counted, and the count is written as one line after that minute. Of more kinds than a
 * table has use for, the address is left out. Agents are not told apart: the first one's is kept. So there are at most two
 * lines a minute for each of {@value #KINDS} kinds, whatever comes. What operators do is counted apart, and whose affair it is
 * never left out: of more than {@value #OPERATORS_KINDS} kinds each line is written. Each instance of the hub counts for
 * itself. Thread-safe; the database is never waited for under a lock.
 */
@Component
public class AuditThrottle {

    static final int KINDS = 100;
    static final int OPERATORS_KINDS = 1000;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(AuditThrottle.class);

    private final Audit audit;
    private final Clock clock;
    private final Map<AuditLine, Window> windows = new HashMap<>();
    /** Guarded by {@link #windows}, too. */
    private final Map<AuditLine, Window> ofOperators = new HashMap<>();

    AuditThrottle(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    private static final class Window {

        private final Instant since;
        private long counted;

        Window(Instant since) {
            this.since = since;
        }

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(WINDOW));
        }
    }

    /**
     * A line to write.
     *
     * @param counted how often, and since when; null for a first line
     */
    private record Due(AuditLine line, @Nullable Window counted) {}

    /** Writes the line, or counts it. What cannot be written is logged: the caller's refusal stands without it. */
    public void record(AuditLine told) {
        AuditLine first = told.fromHere();
        AuditLine line = first.from(first.remote(), null);
        List<Due> due;
        synchronized (windows) {
            Instant now = clock.instant();
            due = takeOver(now);
            boolean room = windows.containsKey(line) || windows.size() < KINDS;
            AuditLine kind = room ? line : anywhere(line);
            Window window = windows.get(kind);
            if (window == null) {
                windows.put(kind, new Window(now));
                due.add(new Due(room ? first : kind, null));
            } else {
                window.counted++;
            }
        }
        due.forEach(this::write);
    }

    /**
     * The same for what only operators can cause. Others' floods take no room from it, and it none from others; without room
     * the line is written and not counted.
     */
    public void recordOfOperator(AuditLine told) {
        AuditLine first = told.fromHere();
        AuditLine line = first.from(first.remote(), null);
        Due own = null;
        List<Due> due;
        synchronized (windows) {
            Instant now = clock.instant();
            due = takeOver(now);
            Window window = ofOperators.get(line);
            if (window != null) {
                window.counted++;
            } else {
                own = new Due(first, null);
                if (ofOperators.size() < OPERATORS_KINDS) {
                    ofOperators.put(line, new Window(now));
                }
            }
        }
        due.forEach(this::write);
        if (own != null && !write(own)) {
            synchronized (windows) {
                // the next one is a first line again
                ofOperators.remove(line);
            }
        }
    }

    /** Writes the counts whose minute is over. */
    public void flush() {
        List<Due> due;
        synchronized (windows) {
            due = takeOver(clock.instant());
        }
        due.forEach(this::write);
    }

    /** Writes all counts now: of a hub that stops, or because lines about somebody are looked for. */
    @PreDestroy
    public void flushAll() {
        List<Due> due;
        synchronized (windows) {
            due = takeOver(null);
        }
        for (int written = 0; written < due.size(); written++) {
            if (!write(due.get(written))) {
                // nobody waits for each of them in vain
                log.warn("{} more counts are not in the audit trail", due.size() - written - 1);
                return;
            }
        }
    }

    /** @param now null for all */
    private List<Due> takeOver(@Nullable Instant now) {
        List<Due> due = new ArrayList<>();
        takeOver(windows, now, due);
        takeOver(ofOperators, now, due);
        return due;
    }

    private static void takeOver(Map<AuditLine, Window> kinds, @Nullable Instant now, List<Due> due) {
        for (Iterator<Map.Entry<AuditLine, Window>> all = kinds.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<AuditLine, Window> entry = all.next();
            Window window = entry.getValue();
            if (now == null || window.isOver(now)) {
                all.remove();
                if (window.counted > 0) {
                    due.add(new Due(entry.getKey(), window));
                }
            }
        }
    }

    private static AuditLine anywhere(AuditLine line) {
        return new AuditLine(null, line.actor(), line.action(), null, Map.of("many", true), null);
    }

    private boolean write(Due due) {
        var line = due.line();
        try {
            var counted = due.counted();
            if (counted == null) {
                audit.write(line);
            } else {
                audit.writeCounted(
                        line, counted.since, Map.of("again", counted.counted, "since", counted.since.toString()));
            }
            return true;
        } catch (DataAccessException | TransactionException e) {
            log.warn("{} of {} is not in the audit trail: {}", line.action(), line.remote(), e.getMessage());
            return false;
        }
    }
}

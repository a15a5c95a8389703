package io.dayflow.hub.alert;

import io.dayflow.hub.alert.AlertSettings.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes in what was seen. Telling never waits and never fails: it is counted in memory, and what was counted goes to the
 * database every few seconds, for all instances together. Of one rule at most {@value #SUBJECTS} subjects are told apart
 * between two such moments; what is beyond is one subject, so that a flood from many addresses costs no more than one.
 * Thread-safe.
 */
@Component
public class Signals {

    static final int SUBJECTS = 1000;

    /** For what is not told apart. */
    static final String MANY = "*";

    private static final Logger log = LoggerFactory.getLogger(Signals.class);
    private static final int LONGEST = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\ud800-\\udfff]");

    private final Map<Rule, Watch> watches = new EnumMap<>(Rule.class);
    private final Map<Rule, ConcurrentHashMap<String, Tally>> counted = new EnumMap<>(Rule.class);
    private final Lock writing = new ReentrantLock();
    private final Counts counts;
    private final Clock clock;
    private final Duration disconnectGrace;

    Signals(AlertSettings settings, Counts counts, Clock clock) {
        this.disconnectGrace = settings.disconnectGrace();
        this.counts = counts;
        this.clock = clock;
        for (Rule rule : Rule.values()) {
            watches.put(rule, settings.watch(rule));
            counted.put(rule, new ConcurrentHashMap<>());
        }
    }

    /** How often something was seen since the last time that it was written. */
    record Tally(Watch watch, String subject, @Nullable UUID userId, long count, Instant first, Instant last) {

        Tally and(Tally more) {
            return new Tally(
                    watch, subject, userId == null ? more.userId : userId, count + more.count, first, more.last);
        }

        Tally as(String other) {
            return new Tally(watch, other, null, count, first, last);
        }
    }

    /** Something happened once. */
    public void tell(Rule rule, String subject, @Nullable UUID userId) {
        Watch watch = watch(rule);
        if (watch.threshold() == 0) {
            return;
        }
        Instant now = clock.instant();
        add(new Tally(watch, text(subject), userId, 1, now, now));
    }

    /** Something happened to, or was done by, a user. */
    public void tell(Rule rule, UUID userId) {
        tell(rule, userId.toString(), userId);
    }

    /** What a connection proves itself with was used. What was under way when it was disconnected is no matter. */
    public void tellOfDisconnected(UUID connectionId, UUID owner, Instant disconnectedAt) {
        if (!clock.instant().isBefore(disconnectedAt.plus(disconnectGrace))) {
            tell(Rule.AFTER_DISCONNECT, connectionId.toString(), owner);
        }
    }

    private void add(Tally tally) {
        ConcurrentHashMap<String, Tally> known =
                counted.getOrDefault(tally.watch().rule(), new ConcurrentHashMap<>());
        Tally kept = known.size() < SUBJECTS || known.containsKey(tally.subject()) ? tally : tally.as(MANY);
        known.merge(kept.subject(), kept, Tally::and);
    }

    private Watch watch(Rule rule) {
        Watch watch = watches.get(rule);
        if (watch == null) {
            throw new IllegalStateException("every rule is watched");
        }
        return watch;
    }

    /**
     * Writes what was counted, and raises what is due. What cannot be written is counted on. When it returns, nothing that was
     * told before is still on its way, by another thread either.
     */
    public void flush() {
        writing.lock();
        try {
            write();
        } finally {
            writing.unlock();
        }
    }

    private void write() {
        List<Tally> taken = new ArrayList<>();
        counted.values()
                .forEach(known -> known.keySet().forEach(subject -> {
                    Tally tally = known.remove(subject);
                    if (tally != null) {
                        taken.add(tally);
                    }
                }));
        if (taken.isEmpty()) {
            return;
        }
        try {
            counts.add(taken);
        } catch (DataAccessException | TransactionException e) {
            log.warn("What was counted for alerts could not be written, and is counted on: {}", e.getMessage());
            taken.forEach(this::add);
        }
    }

    /** Accounts are what anybody typed: one short line of text that the database takes. */
    private static String text(String subject) {
        String line = UNPRINTABLE.matcher(subject).replaceAll("?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }
}

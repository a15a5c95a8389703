package io.dayflow.hub.limit;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Counts requests, across all instances that share the database. Thread-safe. */
@Component
class RateLimits {

    /** Of one who is forgotten here, only tokens taken and not spent are lost. */
    static final int KNOWN = 10_000;

    private final LimitSettings settings;
    private final SharedBuckets buckets;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Who, Allowance> allowances = new Known();

    RateLimits(LimitSettings settings, DataSource database, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.buckets = new SharedBuckets(database, clock);
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Whose request it is.
     *
     * @param policy which limit counts
     * @param id who it is among those whom the limit is for
     */
    record Who(Policy policy, String id) {}

    /**
     * Takes one token of each, or none of any.
     *
     * @return how each stands, up to the first who is refused; empty where nothing is counted
     */
    List<Standing> take(List<Who> all) {
        var now = clock.instant();
        if (!settings.enabled()) {
            return List.of();
        }
        var taken = new ArrayList<Allowance>();
        var standings = new ArrayList<Standing>();
        for (var who : all) {
            var allowance = allowance(who);
            var standing = allowance.take(now);
            standings.add(standing);
            if (standing.refused()) {
                taken.forEach(Allowance::giveBack);
                meters.counter("hub.limits.refused", "policy", who.policy().id())
                        .increment();
                break;
            }
            taken.add(allowance);
        }
        return standings;
    }

    private Allowance allowance(Who who) {
        synchronized (allowances) {
            return allowances.computeIfAbsent(who, known -> {
                var rate = settings.rate(known.policy());
                return new Allowance(
                        known.policy(), rate, buckets.of(known.policy(), rate, known.id()), settings.lot());
            });
        }
    }

    /** Those who called last. */
    private static final class Known extends LinkedHashMap<Who, Allowance> {

        private static final long serialVersionUID = 1L;

        Known() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Allowance> eldest) {
            return size() > KNOWN;
        }
    }
}

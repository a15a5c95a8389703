package io.dayflow.hub.privacy;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditCard;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Reports from the audit trail who accessed, exported, deleted or allowed what. Thread-safe. */
@Component
public class Compliance {

    private static final Pattern CONSENT = Pattern.compile("consent\\..*");
    private static final Pattern EXPORT = Pattern.compile(".*\\.exported");
    private static final Pattern DELETION =
            Pattern.compile(".*\\.(erased|erasure-asked|deleted|removed|disconnected|discarded|revoked|forgotten)");
    private static final Pattern ACCESS = Pattern.compile(
            ".*\\.(read|accessed|viewed|shown|listed|searched|signed-in|acts_for|looked)|sign[-_]in\\..*");
    private static final Pattern REFUSAL = Pattern.compile(".*\\.(refused|failed|denied|rejected|locked|throttled)");

    private final Audit audit;
    private final Erasures erasures;

    Compliance(Audit audit, Erasures erasures) {
        this.audit = audit;
        this.erasures = erasures;
    }

    /** For which part of the report a line counts. */
    static String kind(String action) {
        if (REFUSAL.matcher(action).matches()) {
            return "refusal";
        }
        if (CONSENT.matcher(action).matches()) {
            return "consent";
        }
        if (EXPORT.matcher(action).matches()) {
            return "export";
        }
        if (DELETION.matcher(action).matches()) {
            return "deletion";
        }
        return ACCESS.matcher(action).matches() ? "access" : "change";
    }

    /**
     * The report. That somebody else than the user asked for it is itself a line in the audit trail.
     *
     * @param caller who asks
     * @param user whose affairs; null: the caller's, for an operator everybody's
     * @param from inclusive
     * @param to exclusive
     * @throws InvalidRequest if the time is none
     * @throws AccessDeniedException if a user asks for another one
     */
    public ComplianceReport report(Caller caller, @Nullable UUID user, Instant from, Instant to, PageRequest page) {
        if (!from.isBefore(to)) {
            throw new InvalidRequest("to", "must be later than from");
        }
        if (!caller.operator() && user != null && !user.equals(caller.userId())) {
            throw new AccessDeniedException("for operators");
        }
        var whose = user == null && !caller.everybodys() ? caller.userId() : user;
        if (caller.operator() && page.after() == null) {
            var named = whose != null && erasures.named(whose) ? whose : null;
            audit.record(Deed.COMPLIANCE_READ, named, null, null, Map.of("from", from.toString(), "to", to.toString()));
        }
        var totals = new TreeMap<String, Map<String, Long>>();
        audit.count(whose, from, to)
                .forEach((action, number) -> totals.computeIfAbsent(kind(action), key -> new TreeMap<>())
                        .put(action, number));
        var lines = audit.list(whose, from, to, page);
        return new ComplianceReport(
                from,
                to,
                whose,
                totals,
                lines.items().stream().map(Compliance::entry).toList(),
                lines.nextCursor());
    }

    private static ComplianceReport.Entry entry(AuditCard line) {
        return new ComplianceReport.Entry(kind(line.action()), line);
    }
}

package io.dayflow.hub.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dayflow.hub.privacy.HeldTable.Fate;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the hub does with personal data, as its tables, settings and providers say (GDPR article 30). Thread-safe. */
@Component
public class ProcessingRecord {

    private static final List<String> MEASURES = List.of(
            "credentials and tokens are encrypted at rest, and shown nowhere",
            "every query asks for one user's rows; operators' access to others is in the audit trail",
            "services are called over TLS, and only at their own addresses",
            "a user can export everything, and have everything erased",
            "what is kept for a while is deleted by a job, once an hour");

    private final ProviderCatalog providers;
    private final RetentionSettings retention;

    ProcessingRecord(ProviderCatalog providers, RetentionSettings retention) {
        this.providers = providers;
        this.retention = retention;
    }

    /** The record. */
    @Schema(name = "ProcessingRecord")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Document(
            String purpose,
            List<String> persons,
            List<Category> categories,

            @Schema(description = "Services that hold copies, each only of users who connected it")
            List<String> recipients,

            @Schema(description = "ISO 8601 durations by setting")
            Map<String, String> retention,

            List<String> measures) {

        public Document {
            persons = List.copyOf(persons);
            categories = List.copyOf(categories);
            recipients = List.copyOf(recipients);
            measures = List.copyOf(measures);
        }
    }

    /** @param erasure erased, audit, dayflow or nobody */
    @Schema(name = "ProcessingCategory")
    public record Category(String table, String holds, String kept, String erasure) {}

    /** As the hub is set up now. */
    public Document document() {
        var times = new LinkedHashMap<String, String>();
        for (Map.Entry<String, Duration> setting : retention.all().entrySet()) {
            var time = setting.getValue();
            times.put(setting.getKey(), time.isZero() ? "for good" : time.toString());
        }
        return new Document(
                "to keep a user's planner and the services that the user connected in agreement",
                List.of("users of DayFlow", "people whom their events and tasks name: attendees, assignees"),
                HeldTables.all().stream()
                        .filter(table -> table.fate() != Fate.NOBODY)
                        .map(table -> new Category(
                                table.name(),
                                table.holds(),
                                table.kept(),
                                table.fate().name().toLowerCase(Locale.ROOT)))
                        .toList(),
                providers.all().stream().map(Provider::displayName).toList(),
                times,
                MEASURES);
    }
}

package io.dayflow.hub.contract;

import java.time.Instant;
import java.util.Map;

class CalDavContractIT extends ProviderContract {

    @Override
    String service() {
        return "caldav";
    }

    @Override
    String table() {
        return "calendar_events";
    }

    @Override
    String notes() {
        return "description";
    }

    @Override
    Map<String, Object> fields() {
        return Map.of(
                "kind",
                "event",
                "start",
                "2026-12-24T18:00:00+01:00[Europe/Berlin]",
                "end",
                "2026-12-24T19:00:00+01:00[Europe/Berlin]");
    }

    @Override
    Map<String, Object> columns() {
        Instant start = Instant.parse("2026-12-01T09:00:00Z");
        return Map.of("start_time", start, "end_time", start.plusSeconds(3600));
    }

    @Override
    boolean hasWebhooks() {
        return false;
    }
}

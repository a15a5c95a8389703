package io.dayflow.hub.zone;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A zone as a calendar object describes it.
 *
 * @param location what X-LIC-LOCATION says, usually an IANA name
 */
public record ZoneDefinition(String tzid, @Nullable String location, List<Observance> observances) {

    public ZoneDefinition {
        observances = List.copyOf(observances);
    }
}

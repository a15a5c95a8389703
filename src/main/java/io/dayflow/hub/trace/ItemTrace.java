package io.dayflow.hub.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dayflow.hub.paging.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/** The state of an item on each side, DayFlow first, and what led there, latest first. */
@Schema(name = "ItemTrace", description = "Why an item is, or is not, the same everywhere")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ItemTrace(UUID itemId, String kind, String title, List<SideState> sides, Page<Decision> decisions) {

    public ItemTrace {
        sides = List.copyOf(sides);
    }
}

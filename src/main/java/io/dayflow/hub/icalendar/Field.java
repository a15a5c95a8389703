package io.dayflow.hub.icalendar;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import java.util.Map;

/** One canonical field, or a few that share properties: how it is read from a component and patched into one. */
interface Field {

    /**
     * Puts what the component holds into {@code view}, nothing where it holds nothing. What cannot be read is left out.
     *
     * @throws UnreadablePart where the whole part makes no sense without it
     */
    void read(Component component, Zones zones, Map<String, JsonNode> view);

    /** Changes the component where {@code desired} differs from {@code current}, and only there. */
    void patch(Component component, View current, View desired, Edit edit);
}

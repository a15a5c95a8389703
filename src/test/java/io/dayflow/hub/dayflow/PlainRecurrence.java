package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.When;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The least that a recurrence form can be; it cannot tell of a day of the month and loses a position in it. */
final class PlainRecurrence implements RecurrenceForm {

    private static final List<String> DAYS = List.of("SU", "MO", "TU", "WE", "TH", "FR", "SA");

    @Override
    public JsonNode toDayflow(String rrule, When start) {
        Map<String, String> parts = Arrays.stream(rrule.split(";"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        if (parts.containsKey("BYMONTHDAY")) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", parts.get("FREQ").toLowerCase(Locale.ROOT));
        if (parts.containsKey("INTERVAL")) {
            json.put("interval", Integer.parseInt(parts.get("INTERVAL")));
        }
        if (parts.containsKey("BYDAY") && !parts.containsKey("BYSETPOS")) {
            for (String day : parts.get("BYDAY").split(",")) {
                json.withArray("daysOfWeek").add(DAYS.indexOf(day));
            }
        }
        return json;
    }

    @Override
    public String toRule(JsonNode dayflow, When start) {
        StringBuilder rule =
                new StringBuilder("FREQ=" + dayflow.get("type").asText().toUpperCase(Locale.ROOT));
        if (dayflow.has("interval")) {
            rule.append(";INTERVAL=").append(dayflow.get("interval").asInt());
        }
        if (dayflow.has("daysOfWeek")) {
            rule.append(";BYDAY=");
            dayflow.get("daysOfWeek")
                    .forEach(day -> rule.append(DAYS.get(day.asInt())).append(','));
            rule.setLength(rule.length() - 1);
        }
        return rule.toString();
    }
}

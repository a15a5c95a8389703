package io.dayflow.hub.dayflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.When;
import io.dayflow.hub.recurrence.DayflowRecurrence;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Recurrence rules in DayFlow's words, by package {@code recurrence}. */
@Component
class RuleForm implements RecurrenceForm {

    @Override
    public @Nullable JsonNode toDayflow(String rrule, When start) {
        DayflowRecurrence form = DayflowRecurrence.fromRule(rrule, start).value();
        return form.type() == DayflowRecurrence.Type.NONE ? null : form.toJson();
    }

    @Override
    public String toRule(JsonNode dayflow, When start) {
        return DayflowRecurrence.of(dayflow)
                .toRule(start)
                .orElseThrow(() -> new IllegalArgumentException("a recurrence of type none has no rule"));
    }
}

package io.dayflow.hub.webhook;

import io.dayflow.hub.provider.Hint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's route made of an event.
 *
 * @param problem why it made nothing of it; null where it did
 */
public record Understood(
        Event event, List<Hint> hints, @Nullable String problem) {

    public Understood {
        hints = List.copyOf(hints);
    }

    static Understood hints(Event event, List<Hint> hints) {
        return new Understood(event, hints, null);
    }
}

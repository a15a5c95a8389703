package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.conflict.SettleAlways;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Keeps what a person wants decided always in the setting {@code fieldStrategies} of the connection. */
@Component
class AlwaysByField implements SettleAlways {

    private final UpdateConnection update;

    AlwaysByField(UpdateConnection update) {
        this.update = update;
    }

    @Override
    public void settle(UUID userId, UUID connectionId, Set<String> fields, Resolution resolution) {
        var settings = JsonNodeFactory.instance.objectNode();
        var strategies = settings.putObject("fieldStrategies");
        var strategy = resolution == Resolution.KEEP_DAYFLOW ? FieldStrategy.DAYFLOW : FieldStrategy.SOURCE;
        fields.forEach(field -> strategies.put(field, strategy.id()));
        update.update(userId, connectionId, new UpdateConnection.Change(settings, List.of(), null, null));
    }
}

package io.dayflow.hub.storage;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Ids of new rows: UUIDs of version 7, growing with time, so that indexes stay dense. Thread-safe. */
@Component
public final class Ids implements Supplier<UUID> {

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    @Override
    public UUID get() {
        return generator.generate();
    }
}

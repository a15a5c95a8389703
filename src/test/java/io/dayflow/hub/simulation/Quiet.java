package io.dayflow.hub.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps the engine from logging what goes wrong on purpose, thousands of times a second. */
final class Quiet implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.dayflow.hub");
    private final @Nullable Level before = logger.getLevel();

    Quiet() {
        logger.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        logger.setLevel(before);
    }
}

package io.dayflow.hub.call;

/** Tells the table of each provider. Thread-safe; answers from memory. */
@FunctionalInterface
public interface FaultTables {

    FaultTable of(String provider);
}

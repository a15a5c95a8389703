package io.dayflow.hub.call;

/** Tells the limits of each provider. Thread-safe; asked for every request, so it answers from memory. */
@FunctionalInterface
public interface ProviderLimits {

    Limits of(String provider);
}

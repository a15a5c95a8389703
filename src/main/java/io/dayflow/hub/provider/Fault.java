package io.dayflow.hub.provider;

import java.time.Instant;
import java.util.List;

/** Why a call to a provider failed, sorted by what follows from it. The messages are for people and hold no secrets. */
public sealed interface Fault {

    /** All {@link #kind()}s. */
    List<String> KINDS = List.of("transient", "rate_limited", "needs_reconnect", "rejected", "gone", "unreadable");

    String message();

    /** It may well work later: the network, an overloaded or broken server. */
    record Transient(String message) implements Fault {}

    /** The side asks for patience. */
    record RateLimited(String message, Instant until) implements Fault {}

    /** The credentials are not, or no longer, accepted: only the user can help. */
    record NeedsReconnect(String message) implements Fault {}

    /** The side understood and refuses: the same request will fail again. */
    record Rejected(String message) implements Fault {}

    /** What was asked for is not there. */
    record Gone(String message) implements Fault {}

    /** The answer makes no sense. */
    record Unreadable(String message) implements Fault {}

    /** The name used in tables, metrics and routes, for example {@code needs_reconnect}. */
    default String kind() {
        return switch (this) {
            case Transient f -> "transient";
            case RateLimited f -> "rate_limited";
            case NeedsReconnect f -> "needs_reconnect";
            case Rejected f -> "rejected";
            case Gone f -> "gone";
            case Unreadable f -> "unreadable";
        };
    }
}

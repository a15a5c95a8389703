package io.dayflow.hub.call;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leaves a host alone, for one connection, while it does not work or has asked for patience. Thread-safe. Every
 * {@link #enter} that returns is followed by exactly one {@link #succeeded} or {@link #faulted}.
 */
public final class Circuits {

    private static final int MANY = 1_000;
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration PROBING = Duration.ofSeconds(2);

    private record Key(UUID connection, String host) {}

    private static final class Gate {
        final CircuitBreaker breaker;
        final AtomicInteger transientInARow = new AtomicInteger();
        final AtomicInteger limitedInARow = new AtomicInteger();
        volatile Instant openUntil = Instant.MIN;
        volatile Instant pausedUntil = Instant.MIN;
        volatile Instant used = Instant.MIN;

        Gate(CircuitBreaker breaker) {
            this.breaker = breaker;
        }
    }

    private final CallSettings.Circuit settings;
    private final Clock clock;
    private final CircuitBreakerRegistry registry;
    private final ConcurrentMap<Key, Gate> gates = new ConcurrentHashMap<>();

    public Circuits(CallSettings.Circuit settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minRequests())
                .failureRateThreshold(settings.faultPercent())
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(1)
                .maxWaitDurationInHalfOpenState(settings.openFor())
                .writableStackTraceEnabled(false)
                .clock(clock)
                .build());
    }

    /** Asks for leave to send. @throws FaultException rate limited until a later try makes sense */
    public void enter(UUID connection, String host) {
        Instant now = clock.instant();
        Gate gate = gate(connection, host);
        gate.used = now;
        if (gate.pausedUntil.isAfter(now)) {
            throw new FaultException(
                    new Fault.RateLimited("The service has asked for fewer requests", gate.pausedUntil));
        }
        if (!gate.breaker.tryAcquirePermission()) {
            Instant until = gate.openUntil.isAfter(now) ? gate.openUntil : now.plus(PROBING);
            throw new FaultException(
                    new Fault.RateLimited("The service failed repeatedly and is left alone for a while", until));
        }
    }

    /** The service answered as it should. */
    public void succeeded(UUID connection, String host) {
        Gate gate = gate(connection, host);
        gate.transientInARow.set(0);
        gate.limitedInARow.set(0);
        gate.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** The request failed. Only a transient fault speaks against the service; a refusal shows that it works. */
    public void faulted(UUID connection, String host, Fault fault) {
        Gate gate = gate(connection, host);
        switch (fault) {
            case Fault.Transient f -> {
                gate.breaker.onError(0, TimeUnit.NANOSECONDS, new FaultException(f));
                if (gate.transientInARow.incrementAndGet() >= settings.consecutiveFaults()
                        && gate.breaker.getState() == CircuitBreaker.State.CLOSED) {
                    gate.breaker.transitionToOpenState();
                }
            }
            case Fault.RateLimited f -> {
                gate.limitedInARow.incrementAndGet();
                if (f.until().isAfter(gate.pausedUntil)) {
                    gate.pausedUntil = f.until();
                }
                gate.breaker.releasePermission();
            }
            case Fault.NeedsReconnect f -> answered(gate);
            case Fault.Rejected f -> answered(gate);
            case Fault.Gone f -> answered(gate);
            case Fault.Unreadable f -> answered(gate);
        }
    }

    /** Forgets what is known of a connection, since its credentials or address changed. */
    public void forget(UUID connection) {
        gates.entrySet().removeIf(entry -> entry.getKey().connection().equals(connection) && drop(entry.getValue()));
    }

    /** How often in a row a host has just asked for patience. */
    public int limitedInARow(UUID connection, String host) {
        return gate(connection, host).limitedInARow.get();
    }

    /** How many circuits are not closed. */
    public long open() {
        return gates.values().stream()
                .filter(gate -> gate.breaker.getState() != CircuitBreaker.State.CLOSED)
                .count();
    }

    int known() {
        return gates.size();
    }

    private static void answered(Gate gate) {
        gate.transientInARow.set(0);
        gate.limitedInARow.set(0);
        gate.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    private Gate gate(UUID connection, String host) {
        if (gates.size() > MANY) {
            Instant idle = clock.instant().minus(IDLE);
            gates.values().removeIf(gate -> gate.used.isBefore(idle) && drop(gate));
        }
        return gates.computeIfAbsent(new Key(connection, host), this::open);
    }

    private Gate open(Key key) {
        var gate = new Gate(registry.circuitBreaker(key.connection() + "@" + key.host()));
        gate.breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                gate.openUntil = clock.instant().plus(settings.openFor());
            }
        });
        return gate;
    }

    private boolean drop(Gate gate) {
        registry.remove(gate.breaker.getName());
        return true;
    }
}

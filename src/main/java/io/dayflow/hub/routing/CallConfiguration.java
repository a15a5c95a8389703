package io.dayflow.hub.routing;

import io.dayflow.hub.call.CallSettings;
import io.dayflow.hub.call.Circuits;
import io.dayflow.hub.call.CredentialSource;
import io.dayflow.hub.call.Credentials;
import io.dayflow.hub.call.Departures;
import io.dayflow.hub.call.Destinations;
import io.dayflow.hub.call.FaultTable;
import io.dayflow.hub.call.FaultTables;
import io.dayflow.hub.call.Limits;
import io.dayflow.hub.call.PlainHttp;
import io.dayflow.hub.call.ProviderLimits;
import io.dayflow.hub.call.Slots;
import io.dayflow.hub.call.TrialCredentials;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the call door together. {@link CredentialSource}, {@link Destinations}, {@link ProviderLimits} and
 * {@link FaultTables} are taken from the context where they are defined; what holds without them is strict.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CallSettings.class)
class CallConfiguration {

    /**
     * Leaves a fault to the caller's route, unmarked. Routes name it by reference: Hawtio draws no diagram of any route
     * while one has an error handler of its own written into it.
     */
    @Bean("passOn")
    NoErrorHandlerDefinition passOn() {
        return new NoErrorHandlerDefinition();
    }

    @Bean
    TrialCredentials trialCredentials() {
        return new TrialCredentials();
    }

    @Bean
    Credentials callCredentials(TrialCredentials trial, ObjectProvider<CredentialSource> stored) {
        return new Credentials(trial, stored.getIfAvailable(() -> connection -> null));
    }

    @Bean
    Departures departures() {
        return new Departures();
    }

    @Bean
    Circuits circuits(CallSettings settings, ObjectProvider<Clock> clock, MeterRegistry registry) {
        var circuits = new Circuits(settings.circuit(), clock.getIfAvailable(Clock::systemUTC));
        Gauge.builder("hub.circuits.open", circuits, Circuits::open)
                .description("Hosts that are left alone, or tried again, for one connection")
                .register(registry);
        return circuits;
    }

    @Bean
    CallMeter callMeter(MeterRegistry registry) {
        return new CallMeter(registry);
    }

    @Bean
    CallDoor call(
            ObjectProvider<Destinations> destinations,
            Departures departures,
            Credentials credentials,
            ObjectProvider<FaultTables> faultTables,
            Circuits circuits,
            CallMeter meter,
            PlainHttp plainHttp,
            ObjectProvider<Clock> clock) {
        return new CallDoor(
                destinations.getIfAvailable(() -> Destinations::ownAddress),
                departures,
                credentials,
                faultTables.getIfAvailable(() -> provider -> FaultTable.STANDARD),
                circuits,
                meter,
                plainHttp,
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    CallFaults faults(CallMeter meter) {
        return new CallFaults(meter);
    }

    @Bean
    CallCircuit circuit(Circuits circuits) {
        return new CallCircuit(circuits);
    }

    @Bean
    CallLimits limits(ObjectProvider<ProviderLimits> limits) {
        return new CallLimits(limits.getIfAvailable(() -> provider -> Limits.UNSTATED), new Slots());
    }

    @Bean
    CallRetry retry(CallSettings settings, ObjectProvider<Clock> clock) {
        return new CallRetry(settings, clock.getIfAvailable(Clock::systemUTC));
    }
}

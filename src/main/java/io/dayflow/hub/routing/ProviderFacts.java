package io.dayflow.hub.routing;

import io.dayflow.hub.call.Destination;
import io.dayflow.hub.call.Destinations;
import io.dayflow.hub.call.FaultTable;
import io.dayflow.hub.call.FaultTables;
import io.dayflow.hub.call.Limits;
import io.dayflow.hub.call.ProviderLimits;
import io.dayflow.hub.mapping.ErrorBodies;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.Provider.FaultRules;
import io.dayflow.hub.provider.ProviderCatalog;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the call door knows of providers: their configuration's limits, domains and faults. */
@Configuration(proxyBeanMethods = false)
class ProviderFacts {

    @Bean
    ProviderLimits providerLimits(ProviderCatalog catalog) {
        return provider -> catalog.find(provider)
                .map(Provider::limits)
                .map(limits -> new Limits(limits.requestsPerMinute(), limits.burst(), limits.concurrency()))
                .orElse(Limits.UNSTATED);
    }

    /** Tables are made once for each set of rules, and anew where a file is edited. */
    @Bean
    FaultTables faultTables(ProviderCatalog catalog) {
        Map<FaultRules, FaultTable> made = new ConcurrentHashMap<>();
        return provider -> catalog.find(provider)
                .map(Provider::faults)
                .map(rules -> made.computeIfAbsent(rules, fresh -> table(provider, fresh)))
                .orElse(FaultTable.STANDARD);
    }

    private static FaultTable table(String provider, FaultRules rules) {
        Map<Integer, FaultTable.Sort> sorts = new HashMap<>();
        rules.kinds()
                .forEach((status, kind) -> sorts.put(status, FaultTable.Sort.valueOf(kind.toUpperCase(Locale.ROOT))));
        return FaultTable.STANDARD.with(sorts, new ErrorBodies(provider, rules.retryAfter(), rules.message()));
    }

    @Bean
    Destinations destinations(ProviderCatalog catalog) {
        return connection -> {
            Destination own = Destinations.ownAddress(connection);
            return catalog.find(connection.provider())
                    .map(Provider::domain)
                    .map(domain -> new Destination(own.home(), Set.of(domain)))
                    .orElse(own);
        };
    }
}

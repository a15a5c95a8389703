package io.dayflow.hub.routing;

import io.dayflow.hub.call.Destination;
import io.dayflow.hub.call.Destinations;
import io.dayflow.hub.call.Limits;
import io.dayflow.hub.call.ProviderLimits;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the call door knows of providers: their configuration's limits and domains. */
@Configuration(proxyBeanMethods = false)
class ProviderFacts {

    @Bean
    ProviderLimits providerLimits(ProviderCatalog catalog) {
        return provider -> catalog.find(provider)
                .map(Provider::limits)
                .map(limits -> new Limits(limits.requestsPerMinute(), limits.burst(), limits.concurrency()))
                .orElse(Limits.UNSTATED);
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

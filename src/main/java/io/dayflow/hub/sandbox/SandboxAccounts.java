package io.dayflow.hub.sandbox;

import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.security.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Offers accounts of the stand-ins that the hub's own calls go to. */
final class SandboxAccounts implements DemoAccounts {

    private final List<StandIn> standIns;
    private final ProviderCatalog providers;

    SandboxAccounts(List<StandIn> standIns, ProviderCatalog providers) {
        this.standIns = List.copyOf(standIns);
        this.providers = providers;
    }

    @Override
    public Set<String> services() {
        return standIns.stream()
                .filter(StandIn::called)
                .map(StandIn::service)
                .filter(service -> providers.find(service).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, Secret> open(String service) {
        var standIn = standIns.stream()
                .filter(candidate ->
                        candidate.service().equals(service) && services().contains(service))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no stand-in for " + service));
        return standIn.open(standIn.demoItems()).credentials().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, field -> Secret.of(field.getValue())));
    }
}

package io.dayflow.hub.web;

import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.job.JobCard;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes of cards what pages show. */
@Component
class Views {

    private final Connections connections;
    private final Jobs jobs;
    private final ProviderCatalog providers;
    private final ObjectProvider<DemoAccounts> demo;

    Views(Connections connections, Jobs jobs, ProviderCatalog providers, ObjectProvider<DemoAccounts> demo) {
        this.connections = connections;
        this.jobs = jobs;
        this.providers = providers;
        this.demo = demo;
    }

    List<ConnectionView> connections(UUID userId) {
        var cards = connections.list(userId);
        var open = openJobs(userId);
        return cards.stream()
                .map(card -> connection(card, open.get(card.integrationId())))
                .toList();
    }

    Optional<ConnectionView> connection(UUID userId, UUID connectionId) {
        return connections
                .find(userId, connectionId)
                .map(card -> connection(card, openJobs(userId).get(card.integrationId())));
    }

    private ConnectionView connection(ConnectionCard card, @Nullable JobCard job) {
        var name = serviceName(card.service());
        var mark = Mark.of(card.service(), name);
        var view = job == null ? null : new JobView(job, card.displayName(), mark);
        boolean running = job != null && !job.status().equals("held");
        return new ConnectionView(
                card, name, mark, Health.of(card, running), view, standIns().contains(card.service()));
    }

    /** The open job of each connection; one that runs before one that waits. */
    private Map<UUID, JobCard> openJobs(UUID userId) {
        return jobs.open(userId).stream()
                .flatMap(id -> jobs.find(userId, id).stream())
                .collect(Collectors.toMap(
                        JobCard::integrationId, job -> job, (one, other) -> isHeld(one) ? other : one));
    }

    private static boolean isHeld(JobCard job) {
        return job.status().equals("held");
    }

    /** Jobs with the names of their connections, whether still connected or not. */
    List<JobView> jobs(UUID userId, List<JobCard> cards) {
        var names = names(userId);
        return cards.stream().map(card -> job(card, names)).toList();
    }

    JobView job(JobCard card, Map<String, String> names) {
        var service = serviceName(card.service());
        return new JobView(
                card, names.getOrDefault(card.integrationId().toString(), service), Mark.of(card.service(), service));
    }

    /** What connections are called, by id. */
    Map<String, String> names(UUID userId) {
        var names = new LinkedHashMap<String, String>();
        connections.names(userId).forEach((id, name) -> names.put(id.toString(), name));
        return names;
    }

    String serviceName(String id) {
        return providers.find(id).map(Provider::displayName).orElse(id);
    }

    /** The services that are stand-ins. */
    Set<String> standIns() {
        return demo.stream().flatMap(accounts -> accounts.services().stream()).collect(Collectors.toUnmodifiableSet());
    }
}

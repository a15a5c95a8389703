package io.dayflow.hub.web;

import io.dayflow.hub.job.StartJob;
import io.dayflow.hub.job.StartJob.Mode;
import io.dayflow.hub.job.StartJob.Operation;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The connections and how they are; what else can be connected. */
@Controller
class IntegrationsPage {

    private final Views views;
    private final ProviderCatalog providers;
    private final StartJob startJob;
    private final DemoOffer demo;
    private final OauthClients clients;

    IntegrationsPage(Views views, ProviderCatalog providers, StartJob startJob, DemoOffer demo, OauthClients clients) {
        this.views = views;
        this.providers = providers;
        this.startJob = startJob;
        this.demo = demo;
        this.clients = clients;
    }

    /**
     * A service that can be connected.
     *
     * @param missing what the operator has to set before anybody can connect it; null where there is a way
     */
    public record Service(
            Provider provider,
            Mark mark,
            boolean demo,
            @Nullable String missing) {}

    /** The page's sentence: its message and what stands in it. */
    public record State(
            String key, long count, long all, @Nullable Instant last) {

        static State of(List<ConnectionView> connections) {
            long troubled = connections.stream()
                    .filter(connection -> connection.health().isTrouble())
                    .count();
            long working = connections.stream()
                    .filter(connection -> connection.health().tone().equals("working"))
                    .count();
            var last = connections.stream()
                    .map(connection -> connection.card().lastSyncAt())
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            long all = connections.size();
            if (all == 0) {
                return new State("none", 0, 0, null);
            }
            if (troubled > 0) {
                return new State("trouble", troubled, all, last);
            }
            return working > 0 ? new State("working", working, all, last) : new State("good", all, all, last);
        }
    }

    @GetMapping("/integrations")
    String integrations(Visitor visitor, Model model) {
        var connections = views.connections(visitor.userId());
        var standIns = views.standIns();
        model.addAttribute("connections", connections);
        model.addAttribute("state", State.of(connections));
        model.addAttribute(
                "services",
                providers.all().stream()
                        .map(provider -> new Service(
                                provider,
                                Mark.of(provider.id(), provider.displayName()),
                                standIns.contains(provider.id()),
                                missing(provider)))
                        .toList());
        model.addAttribute("offer", connections.isEmpty() && !standIns.isEmpty());
        return "integrations";
    }

    private @Nullable String missing(Provider provider) {
        boolean typed = provider.auth().stream().anyMatch(auth -> !auth.method().equals("oauth2"));
        return typed ? null : clients.missing(provider.id()).orElse(null);
    }

    @PostMapping("/integrations/demo")
    String connectDemo(Visitor visitor, RedirectAttributes next) {
        var failed = demo.connectAll(visitor.userId());
        if (failed.isEmpty()) {
            Notice.good(next, "integrations.demo.done");
        } else {
            Notice.attention(next, "integrations.demo.failed", String.join(", ", failed));
        }
        return "redirect:/integrations";
    }

    @PostMapping("/integrations/{id}/sync")
    String sync(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "incremental") String mode,
            @RequestParam(defaultValue = "false") boolean preview,
            HttpServletRequest request,
            RedirectAttributes next) {
        var wanted = switch (mode) {
            case "full" -> Mode.FULL;
            case "sweep" -> Mode.SWEEP;
            default -> Mode.INCREMENTAL;
        };
        var operation = switch (wanted) {
            case FULL -> Operation.FULL_SYNC;
            case SWEEP -> Operation.SWEEP;
            case INCREMENTAL -> Operation.MANUAL_SYNC;
        };
        var job = startJob.start(visitor.userId(), id, wanted, preview, operation);
        if (preview) {
            return "redirect:/activity/jobs/" + job;
        }
        Notice.good(next, "integrations.sync.started");
        return Back.to(request, "/integrations");
    }
}

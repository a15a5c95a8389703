package io.dayflow.hub.web;

import io.dayflow.hub.connection.ConnectByConsent;
import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.oauth.WrongState;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** To a service's own page, where its user allows access, and back. Only the session that began may end. */
@Controller
class ConsentPage {

    private static final String SECRET = ConsentPage.class.getName() + ".secret";
    private static final StringKeyGenerator SECRETS =
            new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), 32);

    private final ProviderCatalog providers;
    private final ConnectByConsent consent;
    private final Connections connections;
    private final OauthClients clients;

    ConsentPage(ProviderCatalog providers, ConnectByConsent consent, Connections connections, OauthClients clients) {
        this.providers = providers;
        this.consent = consent;
        this.connections = connections;
        this.clients = clients;
    }

    /** By a page in between: the browser follows no form to another site. */
    @PostMapping("/integrations/connect/{service}/consent")
    String leave(
            Visitor visitor,
            @PathVariable String service,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes next) {
        var provider = provider(service);
        if (!clients.returnsHere(service)) {
            Notice.attention(next, "consent.elsewhere", provider.displayName());
            return "redirect:/integrations/connect/" + provider.id();
        }
        try {
            var begun = consent.begin(
                    visitor.userId(),
                    service,
                    URI.create(request.getRequestURL().toString()).resolve("/"),
                    secret(request));
            response.setHeader("Refresh", "0; url=" + begun.authUrl());
            response.setHeader("Cache-Control", "no-store");
            model.addAttribute("provider", provider);
            model.addAttribute("mark", Mark.of(provider.id(), provider.displayName()));
            model.addAttribute("address", begun.authUrl());
            return "leave";
        } catch (ConflictingState notSetUp) {
            Notice.attention(next, "refused", String.valueOf(notSetUp.getMessage()));
            return "redirect:/integrations/connect/" + provider.id();
        }
    }

    /** The answer leaves the address bar at once, whatever comes of it. */
    @GetMapping("/integrations/{service}/callback")
    String back(
            Visitor visitor,
            @PathVariable String service,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) @Nullable String iss,
            @RequestParam(defaultValue = "") String error,
            HttpServletRequest request,
            RedirectAttributes next) {
        var provider = provider(service);
        var name = provider.displayName();
        var again = "redirect:/integrations/connect/" + provider.id();
        try {
            if (code.isBlank()) {
                consent.abandon(visitor.userId(), new Authorize.Refusal(service, state, iss, secret(request)));
                if (error.equals("access_denied")) {
                    Notice.attention(next, "consent.denied", name);
                } else {
                    Notice.attention(next, "consent.failed", name, error.matches("[a-z_]{1,40}") ? error : "");
                }
                return "redirect:/integrations";
            }
            var card = consent.connect(
                    visitor.userId(),
                    new Authorize.Answer(service, Secret.of(code), state, iss, secret(request)),
                    null,
                    null);
            var waiting = others(visitor, card);
            if (waiting.isEmpty()) {
                Notice.good(next, "connect.done", card.displayName());
            } else {
                Notice.attention(next, "consent.other", card.account(), name, waiting.getFirst());
            }
            return "redirect:/integrations/" + card.integrationId();
        } catch (WrongState wrong) {
            Notice.attention(next, "consent.wrong." + wrong.reason().name().toLowerCase(Locale.ROOT), name);
            return again;
        } catch (RefusedByService | ConflictingState refused) {
            Notice.attention(next, "refused", String.valueOf(refused.getMessage()));
            return again;
        }
    }

    /** Accounts at the same service that go on waiting for their user: perhaps the browser was signed in there as another. */
    private List<String> others(Visitor visitor, ConnectionCard made) {
        return connections.list(visitor.userId()).stream()
                .filter(card -> card.service().equals(made.service())
                        && card.status().equals("needs_reconnect")
                        && !card.integrationId().equals(made.integrationId()))
                .map(ConnectionCard::account)
                .toList();
    }

    /** Made with the first use; it says nothing but that two requests are of one session. */
    private static Secret secret(HttpServletRequest request) {
        HttpSession session = request.getSession();
        synchronized (session) {
            if (session.getAttribute(SECRET) instanceof String known) {
                return Secret.of(known);
            }
            var fresh = SECRETS.generateKey();
            session.setAttribute(SECRET, fresh);
            return Secret.of(fresh);
        }
    }

    private Provider provider(String id) {
        return providers
                .find(id)
                .filter(found -> found.auth("oauth2").isPresent())
                .orElseThrow(() -> new NotFound("There is no such service to connect with its own sign-in."));
    }
}

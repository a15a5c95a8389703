package io.dayflow.hub.web;

import io.dayflow.hub.connection.Connect;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.Provider.Auth;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.refusal.RefusedByService;
import io.dayflow.hub.security.Secret;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The ways to connect an account, and connecting it with credentials that its user types. */
@Controller
class ConnectPage {

    /** Never sent back to the browser. */
    private static final Set<String> SECRET = Set.of("password", "token");

    private final ProviderCatalog providers;
    private final Connect connect;
    private final OauthClients clients;

    ConnectPage(ProviderCatalog providers, Connect connect, OauthClients clients) {
        this.providers = providers;
        this.connect = connect;
        this.clients = clients;
    }

    @GetMapping("/integrations/connect/{service}")
    String form(@PathVariable String service, Model model) {
        return show(provider(service), Map.of(), FormErrors.NONE, model);
    }

    @PostMapping("/integrations/connect/{service}")
    String connect(
            Visitor visitor,
            @PathVariable String service,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        var provider = provider(service);
        if (ways(provider).isEmpty()) {
            throw new NotFound("There is no such service to connect with credentials.");
        }
        var auth = ways(provider).stream()
                .filter(way -> way.method().equals(typed.get("method")))
                .findFirst()
                .orElse(ways(provider).getFirst());
        var credentials = new LinkedHashMap<String, Secret>();
        auth.fields().forEach(field -> credentials.put(field, Secret.of(typed.getOrDefault(field, ""))));
        try {
            var card = connect.connect(visitor.userId(), new Connect.Request(provider.id(), credentials, null, null));
            Notice.good(next, "connect.done", card.displayName());
            return "redirect:/integrations/" + card.integrationId();
        } catch (InvalidRequest e) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return show(provider, kept(auth, typed), FormErrors.of(e, "credentials."), model);
        } catch (RefusedByService e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("refusal", e);
            return show(provider, kept(auth, typed), FormErrors.NONE, model);
        }
    }

    private String show(Provider provider, Map<String, String> typed, FormErrors errors, Model model) {
        model.addAttribute("provider", provider);
        model.addAttribute("mark", Mark.of(provider.id(), provider.displayName()));
        model.addAttribute("ways", ways(provider));
        model.addAttribute("consent", provider.auth("oauth2").orElse(null));
        model.addAttribute("missing", clients.missing(provider.id()).orElse(null));
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("secret", SECRET);
        return "connect";
    }

    private static Map<String, String> kept(Auth auth, Map<String, String> typed) {
        var kept = new LinkedHashMap<String, String>();
        auth.fields().stream()
                .filter(field -> !SECRET.contains(field))
                .forEach(field -> kept.put(field, typed.getOrDefault(field, "")));
        return kept;
    }

    private static List<Auth> ways(Provider provider) {
        return provider.auth().stream()
                .filter(auth -> !auth.method().equals("oauth2"))
                .toList();
    }

    private Provider provider(String id) {
        return providers.find(id).orElseThrow(() -> new NotFound("There is no such service to connect."));
    }
}

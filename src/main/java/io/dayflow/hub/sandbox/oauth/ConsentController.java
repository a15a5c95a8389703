package io.dayflow.hub.sandbox.oauth;

import io.dayflow.hub.provider.Oauth;
import io.dayflow.hub.provider.ProviderCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The page on which a service's user allows or denies, and what such a user can do with permissions later. */
@Controller
@Profile("sandbox")
@RequestMapping("/sandbox/{service}/oauth")
class ConsentController {

    private final ProviderCatalog providers;
    private final Authorizations authorizations;

    ConsentController(ProviderCatalog providers, Authorizations authorizations) {
        this.providers = providers;
        this.authorizations = authorizations;
    }

    @GetMapping("/consent")
    String ask(
            @PathVariable String service,
            @RequestParam("client_id") String clientId,
            @RequestParam String state,
            @RequestParam(defaultValue = "") String scope,
            Model model) {
        List<String> scopes =
                Arrays.stream(scope.split(" ")).filter(one -> !one.isEmpty()).toList();
        model.addAttribute("bare", true);
        model.addAttribute(
                "name", providers.oauth(service).map(Oauth::displayName).orElse(service));
        model.addAttribute("service", service);
        model.addAttribute("clientId", clientId);
        model.addAttribute("state", state);
        model.addAttribute("scopes", scopes);
        return "sandbox-consent";
    }

    /** Whose token it is, for services without an API here. */
    @GetMapping("/whoami")
    ResponseEntity<Map<String, String>> whoami(
            @PathVariable String service,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        var token = authorization == null ? "" : authorization.replaceFirst("(?i)^Bearer ", "");
        return authorizations
                .find(service, token)
                .filter(access -> !access.ended())
                .map(access -> ResponseEntity.ok(Map.of("account", access.account())))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                        .build());
    }

    /** The account's user takes back every permission. */
    @DeleteMapping("/permissions/{account}")
    @ResponseBody
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void takeBack(@PathVariable String service, @PathVariable String account) {
        authorizations.takeBack(service, account);
    }
}

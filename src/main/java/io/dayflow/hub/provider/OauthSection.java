package io.dayflow.hub.provider;

import io.dayflow.hub.provider.Oauth.Client;
import io.dayflow.hub.provider.Oauth.Expiry;
import io.dayflow.hub.provider.Oauth.Issuer;
import io.dayflow.hub.provider.Oauth.Refresh;
import io.dayflow.hub.provider.Oauth.Requests;
import io.dayflow.hub.provider.Oauth.Revocation;
import io.dayflow.hub.provider.Oauth.Tokens;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code oauth} of a provider's file. */
final class OauthSection {

    private static final List<String> CLIENTS = List.of("header", "body", "none");

    /** Made anew for every user, and not to be fixed by a file. */
    private static final Set<String> OWN = Set.of(
            "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method");

    private OauthSection() {}

    static Oauth read(YamlSection section, String id, String displayName) {
        var authorize = address(section, "authorize");
        var token = address(section, "token");
        var revocation = section.has("revoke") ? revocation(section.section("revoke")) : null;
        var scopes = scopes(section);
        var separator = separator(section);
        var client = client(section);
        var requests = Requests.valueOf(upper(section.oneOf("requests", List.of("form", "json"))));
        boolean pkce = section.flag("pkce");
        if (client == Client.NONE && !pkce) {
            throw section.refused("client", "takes none only where pkce is true: nothing else would prove who asks");
        }
        var parameters =
                section.has("parameters") ? parameters(section.section("parameters")) : Map.<String, String>of();
        var tokens = tokens(section.section("tokens"));
        boolean partial = section.has("partial") && section.flag("partial");
        var issuer = section.has("issuer") ? issuer(section.section("issuer")) : null;
        section.end();
        return new Oauth(
                id,
                displayName,
                authorize,
                token,
                revocation,
                scopes,
                separator,
                client,
                requests,
                parameters,
                pkce,
                tokens,
                partial,
                issuer);
    }

    private static URI address(YamlSection section, String key) {
        var text = section.text(key);
        try {
            var address = new URI(text);
            if ("https".equals(address.getScheme()) && address.getHost() != null && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw section.refused(key, "takes an address, not " + text);
        }
        throw section.refused(key, "takes an https address without a fragment, not " + text);
    }

    private static Revocation revocation(YamlSection section) {
        var revocation = new Revocation(address(section, "address"), client(section));
        section.end();
        return revocation;
    }

    private static List<String> scopes(YamlSection section) {
        var scopes = section.texts("scopes");
        if (scopes.stream().anyMatch(scope -> scope.matches(".*[\\s,\"\\\\].*"))) {
            throw section.refused("scopes", "takes a list of scopes, each without blank and comma");
        }
        return scopes;
    }

    private static String separator(YamlSection section) {
        return section.has("separator")
                        && section.oneOf("separator", List.of("blank", "comma")).equals("comma")
                ? ","
                : " ";
    }

    private static Client client(YamlSection section) {
        return Client.valueOf(upper(section.oneOf("client", CLIENTS)));
    }

    private static Map<String, String> parameters(YamlSection section) {
        var parameters = new LinkedHashMap<String, String>();
        for (var name : section.keys()) {
            var value = section.text(name);
            if (OWN.contains(name)) {
                throw section.refused(name, "is set by the hub itself");
            }
            parameters.put(name, value);
        }
        section.end();
        return parameters;
    }

    private static Tokens tokens(YamlSection section) {
        var tokens = new Tokens(
                Expiry.valueOf(upper(section.oneOf("expire", List.of("always", "sometimes", "never")))),
                Refresh.valueOf(upper(section.oneOf("refresh", List.of("none", "kept", "replaced", "rotates")))),
                section.has("over") ? over(section) : Set.of());
        section.end();
        return tokens;
    }

    private static Set<String> over(YamlSection section) {
        var errors = section.texts("over");
        if (errors.stream().anyMatch(error -> !error.matches("[a-z_]{1,40}"))) {
            throw section.refused(
                    "over", "takes a list of errors in small letters and underscores, such as invalid_grant");
        }
        return Set.copyOf(errors);
    }

    private static @Nullable Issuer issuer(YamlSection section) {
        var issuer = new Issuer(section.text("name"), section.flag("always"));
        section.end();
        return issuer;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}

package io.dayflow.hub.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Oauth.Client;
import io.dayflow.hub.provider.Oauth.Expiry;
import io.dayflow.hub.provider.Oauth.Refresh;
import io.dayflow.hub.provider.Oauth.Requests;
import io.dayflow.hub.provider.Oauth.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files that ship say of OAuth, against what is known of the services. */
class OauthSectionTest {

    private static final ProviderCatalog CATALOG = new ProviderCatalog(Path.of("config/providers"), id -> null);

    @Test
    void everyServiceWithOauthIsDescribed() {
        assertThat(CATALOG.described().stream().filter(id -> CATALOG.oauth(id).isPresent()))
                .containsExactly(
                        "clickup",
                        "fastmail",
                        "github",
                        "google-calendar",
                        "jira",
                        "linear",
                        "microsoft-teams",
                        "notion",
                        "outlook",
                        "slack",
                        "todoist",
                        "trello");
    }

    @Test
    void whatHasNoRoutesIsNotAmongTheProviders() {
        assertThat(CATALOG.all())
                .extracting(Provider::id)
                .contains("todoist")
                .doesNotContain("notion", "slack", "google-calendar");
        assertThat(CATALOG.find("notion")).isEmpty();
        assertThat(CATALOG.oauth("notion")).isPresent();
        assertThat(CATALOG.oauth("caldav")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // service | token's host | client | requests | pkce | separator | expiry | refresh | revoked at
                "clickup | api.clickup.com | BODY | FORM | false | ' ' | NEVER | NONE | -",
                "fastmail | api.fastmail.com | NONE | FORM | true | ' ' | ALWAYS | ROTATES | api.fastmail.com",
                "github | github.com | BODY | FORM | true | ' ' | SOMETIMES | ROTATES | -",
                "google-calendar | oauth2.googleapis.com | BODY | FORM | true | ' ' | ALWAYS | KEPT | oauth2.googleapis.com",
                "jira | auth.atlassian.com | BODY | JSON | true | ' ' | ALWAYS | ROTATES | -",
                "linear | api.linear.app | BODY | FORM | true | ',' | ALWAYS | ROTATES | api.linear.app",
                "microsoft-teams | login.microsoftonline.com | BODY | FORM | true | ' ' | ALWAYS | REPLACED | -",
                "notion | api.notion.com | HEADER | JSON | false | ' ' | SOMETIMES | ROTATES | api.notion.com",
                "outlook | login.microsoftonline.com | BODY | FORM | true | ' ' | ALWAYS | REPLACED | -",
                "slack | slack.com | BODY | FORM | false | ',' | SOMETIMES | ROTATES | -",
                "todoist | api.todoist.com | BODY | FORM | true | ',' | SOMETIMES | ROTATES | api.todoist.com",
                "trello | auth.atlassian.com | BODY | JSON | true | ' ' | ALWAYS | ROTATES | -",
            })
    void aServiceIsDescribedAsItsDocumentsSay(
            String service,
            String token,
            Client client,
            Requests requests,
            boolean pkce,
            String separator,
            Expiry expiry,
            Refresh refresh,
            String revoked) {
        var oauth = CATALOG.oauth(service).orElseThrow();

        assertThat(oauth.service()).isEqualTo(service);
        assertThat(oauth.displayName()).isNotBlank();
        assertThat(oauth.token()).hasScheme("https").hasHost(token);
        assertThat(oauth.client()).isEqualTo(client);
        assertThat(oauth.requests()).isEqualTo(requests);
        assertThat(oauth.pkce()).isEqualTo(pkce);
        assertThat(oauth.separator()).isEqualTo(separator);
        var over = token.equals("auth.atlassian.com") ? Set.of("unauthorized_client") : Set.<String>of();
        assertThat(oauth.tokens()).isEqualTo(new Tokens(expiry, refresh, over));
        assertThat(
                        oauth.revocation() == null
                                ? "-"
                                : oauth.revocation().address().getHost())
                .isEqualTo(revoked);
    }

    @Test
    void whatAServiceWantsBesideTheStandardIsAmongTheParameters() {
        var asked = new TreeMap<String, Map<String, String>>();
        CATALOG.described().forEach(id -> CATALOG.oauth(id).ifPresent(oauth -> asked.put(id, oauth.parameters())));

        assertThat(asked)
                .containsEntry("notion", Map.of("owner", "user"))
                .containsEntry(
                        "google-calendar",
                        Map.of(
                                "access_type",
                                "offline",
                                "prompt",
                                "select_account consent",
                                "include_granted_scopes",
                                "true"))
                .containsEntry("jira", Map.of("audience", "api.atlassian.com", "prompt", "consent"))
                .containsEntry("linear", Map.of("actor", "user"))
                .containsEntry("todoist", Map.of());
        for (var service : List.of("outlook", "microsoft-teams", "jira", "trello")) {
            assertThat(CATALOG.oauth(service).orElseThrow().scopes())
                    .as("without it there is no refresh token")
                    .contains("offline_access");
        }
    }
}

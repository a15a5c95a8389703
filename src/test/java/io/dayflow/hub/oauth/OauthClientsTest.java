package io.dayflow.hub.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.provider.Oauth.Issuer;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.refusal.ConflictingState;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class OauthClientsTest {

    private static final ProviderCatalog CATALOG = new ProviderCatalog(Path.of("config/providers"), id -> null);
    private static final URI HERE = URI.create("http://localhost:8080/");

    private final MockEnvironment environment = new MockEnvironment();
    private final OauthClients clients = new OauthClients(CATALOG, environment);

    @Test
    void withoutAnIdItIsSaidWhatToSet() {
        assertThat(clients.find("google-calendar")).isEmpty();
        assertThat(clients.missing("google-calendar").orElseThrow())
                .contains(
                        "not registered at Google Calendar",
                        "GOOGLE_CALENDAR_CLIENT_ID and GOOGLE_CALENDAR_CLIENT_SECRET",
                        "/integrations/google-calendar/callback");
        environment.setProperty("GOOGLE_CALENDAR_CLIENT_ID", "id");
        assertThat(clients.missing("google-calendar").orElseThrow())
                .contains("sets GOOGLE_CALENDAR_CLIENT_SECRET.")
                .doesNotContain("CLIENT_ID");
        assertThat(clients.missing("caldav")).as("has no OAuth").isEmpty();
    }

    @Test
    void aPublicClientNeedsNoSecret() {
        environment.setProperty("FASTMAIL_CLIENT_ID", "id");

        assertThat(clients.find("fastmail").orElseThrow().secret().isBlank()).isTrue();
    }

    @Test
    void settingsWinOverTheEnvironmentAndAddressesOverThePublishedOnes() {
        environment.setProperty("OUTLOOK_CLIENT_ID", "id");
        environment.setProperty("OUTLOOK_CLIENT_SECRET", "secret");
        environment.setProperty("hub.providers.outlook.client-id", "another");
        environment.setProperty("hub.providers.outlook.auth-url", "https://login.example.org/t/authorize");

        var client = clients.find("outlook").orElseThrow();

        assertThat(client.id()).isEqualTo("another");
        assertThat(client.oauth().authorize()).isEqualTo(URI.create("https://login.example.org/t/authorize"));
        assertThat(client.oauth().token()).hasHost("login.microsoftonline.com");
        assertThat(client.toString()).doesNotContain("secret=secret");
    }

    @Test
    void usersAreSentBackBelowThePublicAddress() {
        environment.setProperty("PUBLIC_URL", "https://hub.example.org/");
        assertThat(clients.redirect("todoist", URI.create("http://evil.example/")))
                .isEqualTo("https://hub.example.org/integrations/todoist/callback");

        environment.setProperty("TODOIST_REDIRECT_URI", "https://dayflow.example.org/back");
        assertThat(clients.redirect("todoist", HERE)).isEqualTo("https://dayflow.example.org/back");
    }

    @Test
    void aPageOfDayflowsOwnIsSaidAndIsNotHere() {
        environment.setProperty("TODOIST_REDIRECT_URI", "https://dayflow.example.org/back");
        assertThat(clients.returnsHere("todoist")).isFalse();
        assertThat(clients.missing("todoist").orElseThrow())
                .contains("redirect address https://dayflow.example.org/back and sets");

        environment.setProperty(
                "TODOIST_REDIRECT_URI", "https://dayflow.example.org/hub/integrations/todoist/callback");
        assertThat(clients.returnsHere("todoist")).isTrue();
        assertThat(clients.returnsHere("linear")).isTrue();
    }

    @Test
    void anIssuerMayBeSetForAnyService() {
        for (var service : new String[] {"GOOGLE_CALENDAR", "OUTLOOK"}) {
            environment.setProperty(service + "_CLIENT_ID", "id");
            environment.setProperty(service + "_CLIENT_SECRET", "secret");
        }
        assertThat(clients.find("outlook").orElseThrow().oauth().issuer()).isNull();
        environment.setProperty("hub.providers.outlook.issuer", "https://login.example.org/t");
        environment.setProperty("hub.providers.google-calendar.issuer", "https://idp.example.org");

        assertThat(clients.find("outlook").orElseThrow().oauth().issuer())
                .isEqualTo(new Issuer("https://login.example.org/t", false));
        assertThat(clients.find("google-calendar").orElseThrow().oauth().issuer())
                .isEqualTo(new Issuer("https://idp.example.org", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/", "http://127.0.0.1:8080/", "http://[::1]:8080/"})
    void withoutOneOnlyThisMachineIsSentBackTo(String called) {
        assertThat(clients.redirect("todoist", URI.create(called))).isEqualTo(called + "integrations/todoist/callback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example/", "https://hub.example.org/", "http://127.0.0.1.evil.example/"})
    void aNameThatAnybodyMayClaimIsNotSentBackTo(String called) {
        assertThatThrownBy(() -> clients.redirect("todoist", URI.create(called)))
                .isInstanceOf(ConflictingState.class)
                .hasMessageContaining("PUBLIC_URL");
    }
}

package io.dayflow.hub.sandbox.oauth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a service's authorization server behaves, as its documents say.
 *
 * @param scopes all it knows; empty where it has none
 * @param separator between scopes
 * @param client how clients prove to be themselves: {@code header}, {@code body} or {@code none}
 * @param revoker the same where tokens are revoked; null where it has no such address
 * @param json whether tokens are asked for in JSON
 * @param pkce whether a request without a challenge is refused: stricter than some services, so that none is left out
 * @param wanted what an authorization request has to carry, or gets no permission that lasts
 * @param life of an access token; null: for ever
 * @param refresh {@code none}, {@code kept} or {@code rotates}
 * @param tellsLife whether answers name the lifetime
 * @param refusal the error for a code or refresh token that is not good, and whether it comes with status 200
 */
record Manners(
        String service,
        Set<String> scopes,
        String separator,
        String client,
        @Nullable String revoker,
        boolean json,
        boolean pkce,
        Map<String, String> wanted,
        @Nullable Duration life,
        String refresh,
        boolean tellsLife,
        Refusal refusal) {

    /** How a bad code or refresh token is refused. */
    record Refusal(String code, String refreshToken, boolean ok) {}

    private static final Refusal STANDARD = new Refusal("invalid_grant", "invalid_grant", false);
    private static final String GOOGLE = "https://www.googleapis.com/auth/";

    private static final Map<String, Manners> ALL = Stream.of(
                    todoist(),
                    notion(),
                    clickup(),
                    linear(),
                    google(),
                    outlook(),
                    teams(),
                    slack(),
                    jira(),
                    trello(),
                    github(),
                    fastmail())
            .collect(Collectors.toUnmodifiableMap(Manners::service, Function.identity()));

    static Optional<Manners> of(String service) {
        return Optional.ofNullable(ALL.get(service));
    }

    boolean rotates() {
        return refresh.equals("rotates");
    }

    boolean refreshes() {
        return !refresh.equals("none");
    }

    private static Manners todoist() {
        return new Manners(
                "todoist",
                Set.of("task:add", "data:read", "data:read_write", "data:delete", "project:delete", "backups:read"),
                ",",
                "body",
                "header",
                false,
                true,
                Map.of(),
                Duration.ofHours(1),
                "rotates",
                true,
                new Refusal("bad_authorization_code", "invalid_grant", false));
    }

    private static Manners notion() {
        return new Manners(
                "notion",
                Set.of(),
                " ",
                "header",
                "header",
                true,
                false,
                Map.of("owner", "user"),
                Duration.ofHours(1),
                "rotates",
                false,
                STANDARD);
    }

    private static Manners clickup() {
        return new Manners(
                "clickup", Set.of(), " ", "body", null, false, false, Map.of(), null, "none", false, STANDARD);
    }

    private static Manners linear() {
        return new Manners(
                "linear",
                Set.of("read", "write", "issues:create", "comments:create", "admin"),
                ",",
                "body",
                "body",
                false,
                true,
                Map.of(),
                Duration.ofSeconds(86_399),
                "rotates",
                true,
                STANDARD);
    }

    private static Manners google() {
        return new Manners(
                "google-calendar",
                Set.of(
                        GOOGLE + "calendar",
                        GOOGLE + "calendar.events",
                        GOOGLE + "calendar.events.owned",
                        GOOGLE + "calendar.calendarlist.readonly"),
                " ",
                "body",
                "none",
                false,
                true,
                Map.of("access_type", "offline", "prompt", "consent"),
                Duration.ofHours(1),
                "kept",
                true,
                STANDARD);
    }

    private static Manners outlook() {
        return microsoft("outlook", "Calendars.ReadWrite");
    }

    private static Manners teams() {
        return microsoft("microsoft-teams", "Tasks.ReadWrite", "ChannelMessage.Send");
    }

    private static Manners microsoft(String service, String... scopes) {
        var all = Stream.concat(Stream.of("offline_access", "User.Read"), List.of(scopes).stream())
                .collect(Collectors.toUnmodifiableSet());
        return new Manners(
                service,
                all,
                " ",
                "body",
                null,
                false,
                true,
                Map.of("scope", "offline_access"),
                Duration.ofMinutes(75),
                "rotates",
                true,
                STANDARD);
    }

    private static Manners slack() {
        return new Manners(
                "slack",
                Set.of("chat:write", "channels:read", "groups:read", "im:write", "users:read", "users:read.email"),
                ",",
                "body",
                null,
                false,
                false,
                Map.of(),
                Duration.ofHours(12),
                "rotates",
                true,
                new Refusal("invalid_code", "invalid_refresh_token", true));
    }

    private static Manners jira() {
        return new Manners(
                "jira",
                Set.of("read:jira-work", "write:jira-work", "read:jira-user", "manage:jira-webhook", "offline_access"),
                " ",
                "body",
                null,
                true,
                true,
                Map.of("audience", "api.atlassian.com", "prompt", "consent", "scope", "offline_access"),
                Duration.ofHours(1),
                "rotates",
                true,
                STANDARD);
    }

    private static Manners trello() {
        return new Manners(
                "trello",
                Set.of("read:board:trello", "write:board:trello", "read:member:trello", "offline_access"),
                " ",
                "body",
                null,
                true,
                true,
                Map.of("scope", "offline_access"),
                Duration.ofHours(1),
                "rotates",
                true,
                STANDARD);
    }

    private static Manners github() {
        return new Manners(
                "github",
                Set.of(),
                " ",
                "body",
                null,
                false,
                true,
                Map.of(),
                Duration.ofHours(8),
                "rotates",
                true,
                new Refusal("bad_verification_code", "bad_refresh_token", true));
    }

    private static Manners fastmail() {
        return new Manners(
                "fastmail",
                Set.of("https://www.fastmail.com/dev/protocol-caldav", "offline_access"),
                " ",
                "none",
                "none",
                false,
                true,
                Map.of(),
                Duration.ofHours(1),
                "rotates",
                true,
                STANDARD);
    }
}

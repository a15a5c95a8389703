package io.dayflow.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.provider.Oauth;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A hub in which every service with OAuth can be connected, at the sandbox's authorization server. What is said of a service
 * is what the shipped file says. Where that names no routes yet, it is given some that ask whose token it is, through the
 * hub's own door for calls; so a token that has ended is refused there as it would be by the service.
 */
final class ConsentHub implements AutoCloseable {

    private static final Path SHIPPED = Path.of("config", "providers");
    private static final Path ROUTES = Path.of("src", "test", "resources", "consent", "routes");

    /** What a service tells is of no matter here, and a service with routes would have to sign it. */
    private static final Pattern WEBHOOK =
            Pattern.compile("^webhook:.*?(?=^\\S|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String REST = """
            routes: whoami
            features: {tasks: %s, events: %s, webhooks: false, incremental: true, push: false}
            limits: {requestsPerMinute: 6000, burst: 100, concurrency: 4, pageSize: 50}
            poll: {interval: 12h, fastest: 1m}
            fields: {%s}
            """;

    private final HubProcess process;
    private final Path providers;
    private final DayflowDatabase database;
    private final HubClient sandbox;

    private ConsentHub(HubProcess process, Path providers) {
        this.process = process;
        this.providers = providers;
        this.database = process.database();
        this.sandbox = HubClient.withHeaders(process.baseUrl(), Map.of());
    }

    /** What a service knows of a permission; of refresh tokens only digests. */
    record Permission(
            @Nullable String refresh, List<String> spent, Instant issuedAt, Instant expiresAt, boolean ended) {}

    /** Every service with OAuth, as the shipped files describe it. */
    static List<Oauth> services() {
        var catalog = new ProviderCatalog(SHIPPED, id -> null);
        return catalog.described().stream()
                .flatMap(id -> catalog.oauth(id).stream())
                .toList();
    }

    static ConsentHub start() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "consent-hub-");
            copy(ROUTES, folder.resolve("routes"));
            var providers = Files.createDirectories(folder.resolve("config").resolve("providers"));
            var hub = HubProcess.in(folder)
                    .property("spring.profiles.active", "sandbox")
                    .property("hub.security.allow-private-addresses", "false")
                    .property("hub.sync.sweep-interval", "0");
            for (var service : services()) {
                var id = service.service();
                var file = id + ".yaml";
                Files.writeString(providers.resolve(file), completed(Files.readString(SHIPPED.resolve(file))));
                if (!id.equals("todoist")) {
                    register(hub, id);
                }
            }
            return new ConsentHub(hub.start(), providers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void register(HubProcess.Builder hub, String service) {
        var prefix = "hub.providers." + service + ".";
        var at = "${hub.sandbox.address}/sandbox/" + service + "/oauth";
        hub.property(prefix + "client-id", "hub-at-" + service)
                .property(prefix + "client-secret", "secret of " + service + " & more")
                .property(prefix + "auth-url", at + "/authorize")
                .property(prefix + "token-url", at + "/token")
                .property(prefix + "revoke-url", at + "/revoke")
                .property(
                        prefix + "base-url",
                        service.equals("fastmail") ? "${hub.sandbox.address}/sandbox/caldav/dav/" : at);
    }

    private static String completed(String shipped) {
        var described = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(shipped);
        if (described.containsKey("routes")) {
            return shipped;
        }
        var kinds = (List<?>) Objects.requireNonNull(described.get("kinds"));
        var fields = kinds.stream()
                .map(kind -> kind + (kind.equals("event") ? ": [title, start, end]" : ": [title]"))
                .collect(Collectors.joining(", "));
        return WEBHOOK.matcher(shipped).replaceAll("")
                + REST.formatted(kinds.contains("task"), kinds.contains("event"), fields);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
    }

    /** Edits a provider's file while the hub runs, and waits until it is in use. Returns what it says of OAuth now. */
    Oauth edit(String service, UnaryOperator<String> edit) {
        var path = providers.resolve(service + ".yaml");
        var line = "config/providers/" + path.getFileName() + " is in use";
        try {
            long before = uses(line);
            Files.writeString(path, edit.apply(Files.readString(path)));
            await().atMost(Duration.ofSeconds(20)).until(() -> uses(line) > before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProviderCatalog(providers, id -> null).oauth(service).orElseThrow();
    }

    private long uses(String line) throws IOException {
        try (var lines = Files.lines(process.logFile())) {
            return lines.filter(logged -> logged.contains(line)).count();
        }
    }

    /** The hub, by a name of this machine that a person types. */
    URI named(String host) {
        return URI.create("http://" + host + ":" + process.baseUrl().getPort() + "/");
    }

    HubProcess process() {
        return process;
    }

    /** An account of its own. Where the sandbox plays the whole service it is opened, elsewhere it needs no more than a name. */
    String account(String service) {
        return switch (service) {
            case "todoist" -> opened("todoist");
            case "fastmail" -> opened("caldav");
            default -> "account-" + UUID.randomUUID();
        };
    }

    private String opened(String standIn) {
        return sandbox.send("POST", "sandbox/" + standIn + "/accounts", Map.of("items", 0))
                .expect(201)
                .path("account")
                .asText();
    }

    /** The account's user takes back at the service what was allowed. */
    void takeBack(String service, String account) {
        sandbox.send("DELETE", "sandbox/" + service + "/oauth/permissions/" + account, null)
                .expect(204);
    }

    /** What the service answers to somebody who has a code and no secret. */
    String exchangeWithoutSecret(Oauth service, String code, String redirectUri) {
        var parameters = Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirectUri,
                "client_id",
                "hub-at-" + service.service());
        var address = "sandbox/" + service.service() + "/oauth/token";
        if (service.requests() == Oauth.Requests.JSON) {
            return sandbox.send("POST", address, parameters).text();
        }
        var form = parameters.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(process.baseUrl().resolve(address))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The token's time is over at the service, and the hub does not know. */
    void expire(String account) {
        var expired = database.execute(
                "update sandbox.permission set issued_at = now() - interval '1 hour',"
                        + " expires_at = now() - interval '1 second' where account = ?",
                account);
        assertThat(expired).as("permissions of %s", account).isOne();
    }

    /** The token's time is all but over, as far as the hub was told when it ends. */
    void expireSoon(UUID integration) {
        database.execute(
                "update hub.oauth_grant set expires_at = now() + interval '1 second',"
                        + " consented_at = now() - interval '1 hour', refreshed_at = null"
                        + " where connection_id = ? and expires_at is not null",
                integration);
    }

    /** The one permission of an account. */
    Permission permission(String account) {
        var rows = database.query(
                "select refresh, array_to_string(spent, ' ') as spent, issued_at, expires_at, ended"
                        + " from sandbox.permission where account = ?",
                account);
        assertThat(rows).as("permissions of %s", account).hasSize(1);
        var row = rows.getFirst();
        var spent = (String) row.get("spent");
        return new Permission(
                (String) row.get("refresh"),
                spent.isEmpty() ? List.of() : List.of(spent.split(" ")),
                (Instant) row.get("issued_at"),
                (Instant) row.get("expires_at"),
                (boolean) row.get("ended"));
    }

    /** How many sets of tokens the hub has stored for a connection, one after the other. */
    long tokensStored(UUID integration) {
        return (long) database.query("select version from hub.oauth_grant where connection_id = ?", integration)
                .getFirst()
                .get("version");
    }

    /** How often the hub has got fresh tokens for a connection. */
    long refreshes(UUID integration) {
        return (long) database.query(
                        "select count(*) as n from hub.audit where action = 'credentials.refreshed' and object like ?",
                        "%" + integration)
                .getFirst()
                .get("n");
    }

    /** How each of a connection's runs went, or goes, the first one first. */
    List<String> runs(UUID integration) {
        return database
                .query("select status from hub.job where connection_id = ? order by requested_at", integration)
                .stream()
                .map(row -> (String) row.get("status"))
                .toList();
    }

    /** The scopes of each consent to a connection, sorted, the first one first. */
    List<String> scopesConsentedTo(UUID integration) {
        return database
                .query(
                        "select (select string_agg(scope, ' ' order by scope collate \"C\") from unnest(scopes) scope) as scopes"
                                + " from hub.consent where connection_id = ? order by given_at",
                        integration)
                .stream()
                .map(row -> (String) row.get("scopes"))
                .toList();
    }

    /** REST as the one whose connection it is. */
    HubClient client(UUID integration) {
        return process.client((UUID) database.query("select user_id from hub.connection where id = ?", integration)
                .getFirst()
                .get("user_id"));
    }

    /** Everything that is connected. */
    List<UUID> connections() {
        return database.query("select id from hub.connection where disconnected_at is null").stream()
                .map(row -> (UUID) row.get("id"))
                .toList();
    }

    /** Disconnects everything. */
    void disconnectAll() {
        for (var row : database.query("select id, user_id from hub.connection where disconnected_at is null")) {
            process.client((UUID) row.get("user_id")).disconnect(String.valueOf(row.get("id")), "remove");
        }
    }

    @Override
    public void close() {
        database.close();
        process.close();
    }
}

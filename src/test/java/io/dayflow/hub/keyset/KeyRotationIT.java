package io.dayflow.hub.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.sandbox.ConsentVisit;
import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubClient;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import io.dayflow.hub.storage.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hubs that share a database and a keyset's file. While people connect, sync and have their tokens refreshed at both of
 * them, the keys are rotated, what is stored is sealed anew, and former keys are removed: nobody notices.
 */
@ExtendWith(ServerLogs.class)
class KeyRotationIT {

    private static final int ROTATIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static DayflowDatabase dayflow;
    private static HubProcess first;
    private static HubProcess second;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        first = hub("first")
                .environment("SPRING_PROFILES_ACTIVE", "sandbox")
                .environment("TODOIST_CLIENT_ID", "hub-of-the-rotation")
                .environment("TODOIST_CLIENT_SECRET", "secret-of-the-rotation")
                .start();
        var stand = first.baseUrl() + "sandbox/todoist/";
        second = hub("second")
                .environment("HUB_ENCRYPTION_KEYSET", keyset().toString())
                .environment("TODOIST_CLIENT_ID", "hub-of-the-rotation")
                .environment("TODOIST_CLIENT_SECRET", "secret-of-the-rotation")
                .property("hub.providers.todoist.base-url", stand + "api/v1")
                .property("hub.providers.todoist.auth-url", stand + "oauth/authorize")
                .property("hub.providers.todoist.token-url", stand + "oauth/token")
                .property("hub.providers.todoist.revoke-url", stand + "oauth/revoke")
                .start();
        dayflow = first.database();
    }

    @AfterAll
    static void stop() {
        dayflow.close();
        second.close();
        first.close();
        database.close();
    }

    private static HubProcess.Builder hub(String name) {
        return HubProcess.in(folder.resolve(name))
                .database(database.databaseUrl())
                .property("hub.encryption.keep-replaced", "2s")
                .property("hub.encryption.rewrap-batch", "2");
    }

    private static Path keyset() {
        return folder.resolve("first/data/keyset.json");
    }

    /** What somebody does again and again, at the first hub and at the second. */
    private interface Traffic {
        void once(HubProcess hub) throws Exception;
    }

    @Test
    void noRequestFailsWhileKeysAreRotatedAndAllThatIsStoredEndsUnderTheNewOne() throws Exception {
        var operator = first.client(dayflow.createUser("Europe/Berlin"));
        var accounts = List.of(byConsent(first), byConsent(second), byConsent(first));
        var signing = webhookSecret(accounts.getFirst());
        long before = primary(operator);
        var done = new AtomicInteger();
        var over = new AtomicBoolean();
        List<Traffic> traffic = new ArrayList<>();
        try (var server = CalDavStandIn.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var typed = byPassword(server);
            traffic.add(hub -> synced(hub, typed));
            accounts.forEach(account -> traffic.add(hub -> {
                expire(account);
                synced(hub, account);
            }));
            traffic.add(hub -> byConsent(hub));
            traffic.add(hub -> hub.client(typed.user()).get("api/integrations"));
            List<Future<Void>> running = new ArrayList<>();
            for (var what : traffic) {
                Callable<Void> loop = () -> {
                    for (int i = 0; !over.get(); i++) {
                        what.once(i % 2 == 0 ? first : second);
                        done.incrementAndGet();
                    }
                    return null;
                };
                running.add(threads.submit(loop));
            }
            try {
                for (int i = 0; i < ROTATIONS; i++) {
                    int soFar = done.get();
                    var rotated = (i % 2 == 0 ? second : first)
                            .client(accounts.getFirst().user())
                            .send("POST", "api/integrations/keys/rotate", null)
                            .expect(200);
                    await().atMost(PATIENCE)
                            .until(() -> done.get() >= soFar + 3 * traffic.size()
                                    || running.stream().anyMatch(Future::isDone));
                    assertThat(rotated.path("keys").size()).isGreaterThan(1);
                    removeFormer(operator);
                }
            } finally {
                over.set(true);
            }
            for (var loop : running) {
                loop.get();
            }
            assertThat(primary(operator)).isNotEqualTo(before);
            assertThat(keys(operator))
                    .as("every stored value is under the one key that is left")
                    .hasSize(1);
            assertThat(keys(operator)
                            .getFirst()
                            .path("columns")
                            .path("hub.oauth_grant.tokens")
                            .asLong())
                    .isGreaterThanOrEqualTo(3);
            assertThat(dayflow.query("select key_id from hub.sealing_key_age")).hasSize(1);
            assertThat(keys(operator)
                            .getFirst()
                            .path("columns")
                            .path("hub.webhook_secret.secret")
                            .asLong())
                    .as("the one that signs now, and the one before")
                    .isEqualTo(2);
            for (var hub : List.of(first, second)) {
                assertThat(delivered(hub, accounts.getFirst(), signing)).isEqualTo(200);
                assertThat(delivered(hub, accounts.getFirst(), "another-secret"))
                        .isEqualTo(401);
            }
            synced(second, typed);
            for (var account : accounts) {
                expire(account);
                synced(second, account);
            }
        }
        assertThat(dayflow.query(
                        "select 1 from hub.connection where status = 'needs_reconnect' or error_code is not null"))
                .isEmpty();
        assertThat(dayflow.query("select 1 from hub.dead_letter")).isEmpty();
        assertThat(dayflow.query("select 1 from hub.oauth_grant where version > 3"))
                .as("tokens were refreshed meanwhile")
                .isNotEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset())))
                .isEqualTo("rw-------");
        for (var hub : List.of(first, second)) {
            assertThat(Files.readString(hub.logFile())).doesNotContain("does not open", "ERROR");
        }
        refusesToStartWithAnotherKeyset();
    }

    private static void refusesToStartWithAnotherKeyset() throws IOException {
        var elsewhere = TestDatabase.create();
        var wrong = folder.resolve("wrong.json");
        try (var other = HubProcess.in(folder.resolve("other"))
                .database(elsewhere.databaseUrl())
                .start()) {
            Files.copy(folder.resolve("other/data/keyset.json"), wrong);
            assertThat(other.alive()).isTrue();
        }
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
        var told = refusal(hub("third").environment("HUB_ENCRYPTION_KEYSET", wrong.toString()));
        assertThat(told)
                .contains("does not open what is stored", "hub.connection.credentials", wrong.toString())
                .contains("Put back the keyset");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(refusal(hub("fourth").environment("HUB_ENCRYPTION_KEYSET", wrong.toString())))
                .contains("chmod 600 " + wrong);
    }

    private static String refusal(HubProcess.Builder hub) {
        try {
            hub.start().close();
        } catch (AssertionError | RuntimeException ended) {
            return String.valueOf(ended.getMessage());
        }
        throw new AssertionError("it started");
    }

    private static String webhookSecret(Account account) {
        var secret = "webhook-secret-of-the-rotation";
        for (var one : List.of("the-one-before-" + secret, secret)) {
            first.client(account.user())
                    .send(
                            "PUT",
                            "api/integrations/webhook-secrets",
                            Map.of(
                                    "integrationId",
                                    account.integration(),
                                    "secret",
                                    one,
                                    "overlapMinutes",
                                    one.equals(secret) ? 600 : 0))
                    .expect(200);
        }
        return secret;
    }

    private static int delivered(HubProcess hub, Account account, String secret) throws GeneralSecurityException {
        var body = "{\"event_name\": \"item:none\", \"user_id\": \"1\"}";
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var calls = new HubCalls(hub.baseUrl().getPort());
        return calls.post(
                        calls.to("/api/webhooks/todoist/" + account.integration())
                                .header(
                                        "X-Todoist-Hmac-SHA256",
                                        Base64.getEncoder()
                                                .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)))),
                        body)
                .statusCode();
    }

    private record Account(UUID user, String integration) {}

    private static Account byPassword(CalDavStandIn server) {
        StandInCalendar work = server.addCalendar("work", "Work", "VTODO");
        work.put(
                "a.ics",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tests//EN\r\nBEGIN:VTODO\r\nUID:a\r\n"
                        + "DTSTAMP:20260101T000000Z\r\nSUMMARY:Milk\r\nEND:VTODO\r\nEND:VCALENDAR\r\n");
        var user = dayflow.createUser("Europe/Berlin");
        var client = first.client(user);
        var integration = client.connectCalDav(server.baseUrl(), CalDavStandIn.USER, CalDavStandIn.PASSWORD)
                .path("integrationId")
                .asText();
        client.selectCollections(integration, "Work");
        return new Account(user, integration);
    }

    /** Begun at one hub and ended at the other, so that the verifier outlives a rotation now and then. */
    private static Account byConsent(HubProcess hub) {
        var user = dayflow.createUser("Europe/Berlin");
        var account = HubClient.withHeaders(first.baseUrl(), Map.of())
                .send("POST", "sandbox/todoist/accounts", Map.of("items", 2))
                .expect(201)
                .path("account")
                .asText();
        var begun = hub.client(user)
                .send("POST", "api/integrations", Map.of("action", "authorize", "service", "todoist"))
                .expect(200);
        var back = ConsentVisit.allow(begun.path("authUrl").asText(), account);
        var integration = (hub == first ? second : first)
                .client(user)
                .send(
                        "POST",
                        "api/integrations",
                        Map.of(
                                "action",
                                "connect",
                                "service",
                                "todoist",
                                "code",
                                back.get("code"),
                                "state",
                                back.get("state")))
                .expect(201);
        var id = integration.path("integrationId").asText();
        var names = StreamSupport.stream(integration.path("collections").spliterator(), false)
                .map(collection -> collection.path("name").asText())
                .toArray(String[]::new);
        hub.client(user).selectCollections(id, names);
        return new Account(user, id);
    }

    private static void synced(HubProcess hub, Account account) {
        var job = hub.client(account.user()).syncCompletely(account.integration());
        assertThat(job.path("counts").path("failed").asInt()).as(job.toString()).isZero();
    }

    private static void expire(Account account) {
        dayflow.execute(
                "update hub.oauth_grant set expires_at = now(), consented_at = now() - interval '1 hour',"
                        + " refreshed_at = null where connection_id = ?",
                UUID.fromString(account.integration()));
    }

    private static List<JsonNode> keys(HubClient operator) {
        return StreamSupport.stream(
                        operator.get("api/integrations/keys").path("keys").spliterator(), false)
                .toList();
    }

    private static long primary(HubClient operator) {
        return keys(operator).stream()
                .filter(key -> key.path("state").asText().equals("primary"))
                .findFirst()
                .orElseThrow()
                .path("keyId")
                .asLong();
    }

    /** As an operator does who tries until nothing needs the former keys any more. */
    private static void removeFormer(HubClient operator) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            for (var key : keys(operator)) {
                if (!key.path("state").asText().equals("primary")) {
                    int status = operator.send(
                                    "DELETE",
                                    "api/integrations/keys/" + key.path("keyId").asLong(),
                                    null)
                            .status();
                    assertThat(status).isIn(204, 409);
                }
            }
            return keys(operator).size() == 1;
        });
        assertThat(operator.send("DELETE", "api/integrations/keys/" + primary(operator), null)
                        .status())
                .isEqualTo(409);
    }
}

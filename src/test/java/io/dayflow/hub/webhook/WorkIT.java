package io.dayflow.hub.webhook;

import static io.dayflow.hub.webhook.TestAccount.fat;
import static io.dayflow.hub.webhook.TestAccount.gone;
import static io.dayflow.hub.webhook.TestAccount.thin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.provider.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What deliveries do to DayFlow. */
@WebhookTest
class WorkIT {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestService service;

    private HubCalls hub;
    private TestAccount account;

    @BeforeEach
    void begin() {
        hub = new HubCalls(port);
        jdbc.sql("delete from hub.webhook_event").update();
        service.reset();
        account = new TestAccount(jdbc);
    }

    @Test
    void anEventThatSaysAllOfAKnownObjectChangesItsRowWithoutARequest() {
        known("1", "0001", "Buy milk");

        account.tell(hub, fat("1", "0002", "inbox", "Buy oat milk"));
        account.awaitTitles("Buy oat milk");
        account.awaitQuiet();
        assertThat(service.reads).isEmpty();
        assertThat(
                        account.text(
                                "select string_agg(distinct cause, ' ') from hub.journal where user_id = (select user_id from hub.connection where id = ?)"))
                .isEqualTo("webhook");
        assertThat(account.text("select bool_and(body is null) from hub.webhook_event where ?::uuid is not null"))
                .isEqualTo("t");
        assertThat(account.count("select count(*) from hub.job where connection_id = ?", account.connection))
                .isZero();
    }

    @Test
    void aNewerEventChangesTheRowAndAnOlderOrEqualOneDoesNot() {
        known("1", "0005", "Fifth");
        account.tell(hub, fat("1", "0004", "inbox", "Fourth"), fat("1", "0005", "inbox", "Fifth again"));
        account.awaitQuiet();
        account.tell(hub, fat("1", "0006", "inbox", "Sixth"));

        account.awaitTitles("Sixth");
        assertThat(account.count("select count(*) from hub.journal where user_id = ?", account.user))
                .isEqualTo(2);
        assertThat(service.reads).isEmpty();
    }

    @Test
    void manyThatOnlyNameAnObjectAreOneRequest() {
        service.hold("1", "0001", "From the service");
        String[] many = new String[50];
        java.util.Arrays.fill(many, thin("1", "inbox"));
        account.tell(hub, many);

        account.awaitTitles("From the service");
        account.awaitQuiet();
        assertThat(service.readsOf("1")).isEqualTo(1);
    }

    @Test
    void severalObjectsAreOneRequestToo() {
        service.hold("1", "0001", "One");
        service.hold("2", "0001", "Two");
        account.tell(hub, thin("1", "inbox"), thin("2", "inbox"), thin("3", "inbox"));

        account.awaitTitles("One", "Two");
        assertThat(service.reads)
                .singleElement()
                .satisfies(ids -> assertThat(ids).containsExactlyInAnyOrder("1", "2", "3"));
    }

    @Test
    void aDeletedTaskLeavesDayflowSoonAndOnlyAfterALook() {
        known("1", "0001", "Soon gone");
        known("2", "0001", "Stays");

        account.tell(hub, gone("1"));
        account.awaitQuiet();
        assertThat(service.readsOf("1")).isEqualTo(1);
        assertThat(account.titles()).containsExactlyInAnyOrder("Soon gone", "Stays");

        service.objects.remove("1");
        long before = System.nanoTime();
        account.tell(hub, gone("1"));
        account.awaitTitles("Stays");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void lateNewsOfADeletedTaskDoesNotBringItBack() {
        known("1", "0001", "Once there");
        known("2", "0001", "Other");
        service.objects.remove("1");
        account.tell(hub, gone("1"));
        account.awaitTitles("Other");
        account.awaitQuiet();
        account.tell(hub, gone("never-known"));
        account.awaitQuiet();

        account.tell(hub, fat("1", "0009", "inbox", "Late"), fat("never-known", "0001", "inbox", "Late too"));
        account.awaitQuiet();

        assertThat(account.titles()).containsExactly("Other");
        assertThat(service.readsOf("never-known")).isEqualTo(1);
    }

    @Test
    void aTaskThatMovesToAListThatIsNotKeptIsNoLongerNewThereAndOthersAreIgnored() {
        known("1", "0001", "Here");
        service.hold("1", "0002", "Moved");

        account.tell(hub, fat("1", "0002", "other", "Moved"), fat("2", "0001", "other", "Unknown"));
        account.awaitTitles("Moved");
        account.awaitQuiet();
        account.tell(hub, fat("1", "0003", "home", "At home"));
        account.awaitTitles("At home");
    }

    @Test
    void aServiceThatFailsForAWhileIsAskedAgain() {
        service.hold("1", "0001", "After the storm");
        service.faults.add(new Fault.Transient("a storm"));
        account.tell(hub, thin("1", "inbox"));
        await().until(() ->
                "transient".equals(account.text("select coalesce(error_code, '') from hub.connection where id = ?")));

        account.awaitTitles("After the storm");
        assertThat(service.readsOf("1")).isEqualTo(2);
    }

    @Test
    void aPoisonedObjectBecomesADeadLetterAndStopsNobody() {
        service.hold("good", "0001", "Good");
        service.hold("bad", "0001", "Bad");
        service.poisoned = "bad";
        account.tell(hub, thin("good", "inbox"), thin("bad", "inbox"));

        account.awaitTitles("Good");
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> "bad"
                                .equals(
                                        account.text(
                                                "select external_id from hub.dead_letter where connection_id = ? and direction = 'inbound'")));
        account.awaitQuiet();
        assertThat(service.readsOf("bad")).isEqualTo(4);
    }

    @Test
    void anEventThatCannotBeReadIsParkedWholeAndOthersGoOn() {
        service.hold("1", "0001", "Goes on");
        hub.send(Deliveries.signed(hub, "broken", "{\"broken\":true}"));
        account.tell(hub, fat("1", "0001", "inbox", "Goes on"));

        account.awaitTitles("Goes on");
        await().atMost(Duration.ofSeconds(20)).until(() -> state("broken").equals("parked"));
        assertThat(jdbc.sql("select note || ' ' || attempts || convert_from(body, 'UTF8') from hub.webhook_event"
                                + " where delivery_id = 'id:broken'")
                        .query(String.class)
                        .single())
                .contains("this event is broken", " 3", "{\"broken\":true}");
    }

    @Test
    void whatTheDatabaseHoldsInNoTextIsTakenOutAndStopsNobody() {
        service.hold("1", "0001", "Goes on");
        service.hold("2", "0001", "Without it");
        hub.send(
                Deliveries.signed(
                        hub,
                        "nul",
                        "{\"user\":\"a\\u0000\",\"changed\":[{\"id\":\"x\\u0000\",\"list\":\"p\\u0000\",\"version\":\"\\ud800\"}]}"));
        account.tell(hub, thin("1", "inbox"), thin("2\\u0000", "in\\u0000box"));

        account.awaitTitles("Goes on", "Without it");
        assertThat(state("nul")).isEqualTo("ignored");
    }

    @Test
    void anEventWithTextsLongerThanAnyIdIsParked() {
        service.hold("1", "0001", "Goes on");
        hub.send(Deliveries.signed(hub, "long", account.body(thin("x".repeat(2001), "inbox"))));
        account.tell(hub, thin("1", "inbox"));

        account.awaitTitles("Goes on");
        await().atMost(Duration.ofSeconds(20)).until(() -> state("long").equals("parked"));
    }

    @Test
    void anEventThatTheDatabaseDoesNotTakeIsParkedAndOthersGoOn() {
        for (String id : List.of("1", "2", "3")) {
            service.hold(id, "0001", "Object " + id);
        }
        jdbc.sql("alter table hub.webhook_hint add constraint refused check (external_id <> 'refused')")
                .update();
        try {
            account.tell(hub, thin("1", "inbox"));
            hub.send(Deliveries.signed(hub, "refused", account.body(thin("refused", "inbox"))));
            account.tell(hub, thin("2", "inbox"));
            account.tell(hub, thin("3", "inbox"));

            account.awaitTitles("Object 1", "Object 2", "Object 3");
            await().atMost(Duration.ofSeconds(20)).until(() -> state("refused").equals("parked"));
        } finally {
            jdbc.sql("alter table hub.webhook_hint drop constraint refused").update();
        }
    }

    private String state(String delivery) {
        return jdbc.sql("select state from hub.webhook_event where delivery_id = 'id:' || ?")
                .param(delivery)
                .query(String.class)
                .single();
    }

    @Test
    void newCredentialsAreWaitedFor() {
        service.hold("1", "0001", "At last");
        service.faults.add(new Fault.NeedsReconnect("expired"));
        account.tell(hub, thin("1", "inbox"));
        await().until(() -> "needs_reconnect".equals(account.text("select status from hub.connection where id = ?")));
        account.tell(hub, thin("1", "inbox"));
        assertThat(account.titles()).isEmpty();

        jdbc.sql("update hub.connection set status = 'idle' where id = ?")
                .param(account.connection)
                .update();
        account.awaitTitles("At last");
    }

    @Test
    void connectionsThatAreNotKeptInAgreementAreLeftAlone() {
        TestAccount manual = changed("settings = '{\"syncDirection\":\"manual\"}'");
        TestAccount inactive = changed("active = false");
        TestAccount unconfirmed = changed("confirmed_at = null");
        TestAccount disconnected = changed("disconnected_at = now()");
        for (TestAccount one : List.of(manual, inactive, unconfirmed, disconnected)) {
            one.tell(hub, fat("1", "0001", "inbox", "Nobody asked"));
        }
        await().until(() -> jdbc.sql(
                                "select count(*) from hub.webhook_event where state = 'ignored' and note like '%no connection%'")
                        .query(Long.class)
                        .single()
                == 4);
        for (TestAccount one : List.of(manual, inactive, unconfirmed, disconnected)) {
            assertThat(one.titles()).isEmpty();
        }
    }

    /** An object that the service holds and the hub has taken up. */
    private void known(String id, String version, String title) {
        service.hold(id, version, title);
        account.tell(hub, fat(id, version, "inbox", title));
        await().untilAsserted(() -> assertThat(account.titles()).contains(title));
        account.awaitQuiet();
        service.reads.clear();
    }

    private TestAccount changed(String assignment) {
        TestAccount one = new TestAccount(jdbc);
        jdbc.sql("update hub.connection set " + assignment + " where id = ?")
                .param(one.connection)
                .update();
        return one;
    }

    @Test
    void twoUsersOfOneAccountAreToldBothAndNobodyElse() {
        TestAccount second = new TestAccount(jdbc);
        TestAccount stranger = new TestAccount(jdbc);
        jdbc.sql("update hub.connection set endpoints = jsonb_build_object('userId', ?::text) where id = ?")
                .params(account.account, second.connection)
                .update();
        service.hold("1", "0001", "Shared");
        account.tell(hub, fat("1", "0001", "inbox", "Shared"));

        account.awaitTitles("Shared");
        second.awaitTitles("Shared");
        assertThat(stranger.titles()).isEmpty();
    }

    @Test
    void anAddressOfOneIntegrationReachesNoOtherAccount() {
        TestAccount other = new TestAccount(jdbc);
        service.hold("1", "0001", "Crossed");
        service.hold("2", "0001", "Straight");
        assertThat(deliverTo(other.connection, account.body(fat("1", "0001", "inbox", "Crossed"))))
                .isEqualTo(200);
        assertThat(deliverTo(account.connection, account.body(fat("2", "0001", "inbox", "Straight"))))
                .isEqualTo(200);

        account.awaitTitles("Straight");
        other.awaitQuiet();
        assertThat(other.titles()).isEmpty();
    }

    private int deliverTo(UUID connection, String body) {
        return hub.send(hub.to("/api/webhooks/testtasks/" + connection)
                        .header("X-Test-Signature", Deliveries.signature(body))
                        .header("X-Test-Delivery", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }
}

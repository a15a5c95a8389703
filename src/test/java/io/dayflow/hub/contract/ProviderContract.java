package io.dayflow.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.server.HubClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What holds for every provider. Each test has a user, an account and a connection of its own. */
abstract class ProviderContract {

    private static final Map<String, Object> EXPORTING = Map.of("exportNew", "all", "autoSync", false);

    /** The service's id. */
    abstract String service();

    /** DayFlow's table of what it holds. */
    abstract String table();

    /** The canonical name of its long text. */
    abstract String notes();

    /** The canonical fields of a new item at the service, beside its title. */
    abstract Map<String, Object> fields();

    /** The columns of a new row, beside its title. */
    abstract Map<String, Object> columns();

    /** Whether it tells of changes by itself. */
    abstract boolean hasWebhooks();

    private Party connected(int items) {
        return Party.connected(service(), table(), items, EXPORTING);
    }

    /** After a first run. */
    final Party synced(int items) {
        Party party = connected(items).selectsAll();
        party.syncs();
        return party;
    }

    private String newItem(Party party, String title) {
        Map<String, Object> fields = new HashMap<>(fields());
        fields.put("title", title);
        return party.service.create(fields);
    }

    private UUID newRow(Party party, String title) {
        Map<String, Object> columns = new HashMap<>(columns());
        columns.put("title", title);
        return party.insert(columns);
    }

    @Test
    void refusedCredentialsAreRefusedWithTheServicesReason() {
        SandboxHub hub = SandboxHub.get();
        Map<String, String> wrong =
                new TreeMap<>(ServiceUser.open(hub, service(), 0).credentials());
        wrong.replaceAll((name, value) -> name.equals("url") || name.equals("username") ? value : value + "x");

        HubClient.Answer answer = hub.client(hub.dayflow().createUser("UTC"))
                .send(
                        "POST",
                        "api/integrations",
                        Map.of("action", "connect", "service", service(), "credentials", wrong));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.body().path("detail").asText()).isNotBlank();
    }

    @Test
    void connectingReadsNothingUntilCollectionsAreSelectedAndARunIsAskedFor() {
        try (Party party = connected(5)) {
            assertThat(party.card().path("account").asText()).isNotBlank();
            assertThat(party.card().path("collections")).isNotEmpty();
            party.selectsAll();

            assertThat(party.rows()).isEmpty();
            assertThat(party.syncs().path("counts").path("created").asInt())
                    .isEqualTo(party.service.items().size());
        }
    }

    @Test
    void aFirstRunBringsEverythingHoweverMuchItIs() {
        try (Party party = connected(700).selectsAll()) {
            JsonNode job = party.syncs();

            assertThat(job.path("counts").path("created").asInt())
                    .isEqualTo(party.service.items().size());
            assertThat(party.rowTitles()).isEqualTo(party.service.titles());
            assertThat(party.service.requests())
                    .extracting(request -> request.path("status").asInt())
                    .doesNotContain(429);
        }
    }

    @Test
    void whatIsMadeChangedAndDeletedAtTheServiceIsSoInDayFlowAfterTheNextRun() {
        try (Party party = synced(0)) {
            party.service.fault(Map.of("dropWebhooks", true));
            String first = newItem(party, "First");
            String second = newItem(party, "Second");
            party.syncs();
            assertThat(party.rowTitles()).containsExactly("First", "Second");

            party.service.edit(first, Map.of("title", "First, edited"));
            party.service.delete(second);
            newItem(party, "Third");
            JsonNode job = party.syncs();

            assertThat(party.rowTitles()).containsExactly("First, edited", "Third");
            assertThat(job.path("counts").path("created").asInt()).isEqualTo(1);
            assertThat(job.path("counts").path("updated").asInt()).isEqualTo(1);
            assertThat(job.path("counts").path("deleted").asInt()).isEqualTo(1);
            party.isQuiet();
        }
    }

    @Test
    void whatIsMadeChangedAndDeletedInDayFlowIsSoAtTheService() {
        try (Party party = synced(0)) {
            UUID first = newRow(party, "First");
            UUID second = newRow(party, "Second");
            party.agreesOn(List.of("First", "Second"));

            party.update(first, Map.of("title", "First, edited", "description", "with a note"));
            party.delete(second);
            party.agreesOn(List.of("First, edited"));

            assertThat(party.service.titled("First, edited").path(notes()).asText())
                    .isEqualTo("with a note");
            party.isQuiet();
        }
    }

    @Test
    void bothSidesMayChangeOneItemAtOnce() {
        try (Party party = synced(0)) {
            party.service.fault(Map.of("dropWebhooks", true));
            String id = newItem(party, "Ours");
            party.syncs();

            party.service.edit(id, Map.of(notes(), "theirs"));
            party.update(party.row("Ours"), Map.of("title", "Edited"));
            party.agreesOn(List.of("Edited"));
            party.syncs();

            assertThat(party.service.item(id).path(notes()).asText()).isEqualTo("theirs");
            assertThat(party.dayflow.rowTitled(table(), party.user, "Edited").get("description"))
                    .isEqualTo("theirs");
            assertThat(party.hub.conflicts("open")).isEmpty();
            party.isQuiet();
        }
    }

    @Test
    void theHubsOwnWritesComeBackAsNothingNew() {
        try (Party party = synced(8)) {
            party.rows().forEach(row -> party.update((UUID) row.get("id"), Map.of("title", row.get("title") + "!")));
            newRow(party, "New");
            party.agreesOn(party.rowTitles());

            party.isQuiet();
        }
    }

    @Test
    void aRunWithoutNewsAsksLittle() {
        try (Party party = synced(50)) {
            int before = party.service.requests().size();

            JsonNode job = party.syncs();

            assertThat(party.service.requests().size() - before).isLessThanOrEqualTo(12);
            assertThat(job.path("counts").path("created").asInt()).isZero();
            assertThat(job.path("counts").path("updated").asInt()).isZero();
        }
    }

    @Test
    void aServiceThatAsksForPatienceIsLeftAloneForSoLong() {
        try (Party party = synced(0)) {
            String id = newItem(party, "Item");
            party.syncs();
            party.service.fault(Map.of("status", 429, "retryAfter", 2, "times", 1));

            party.update(party.row("Item"), Map.of("title", "Edited"));
            party.eventually(() ->
                    assertThat(party.service.item(id).path("title").asText()).isEqualTo("Edited"));

            List<JsonNode> requests = party.service.requests();
            int refused = requests.stream()
                    .map(request -> request.path("status").asInt())
                    .toList()
                    .indexOf(429);
            assertThat(refused).isNotNegative();
            assertThat(Duration.between(time(requests.get(refused)), time(requests.get(refused + 1))))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(1900));
            assertThat(party.hub.deadLetters()).isEmpty();
        }
    }

    @Test
    void aServiceThatIsBrokenForAWhileLosesNothing() {
        try (Party party = synced(0)) {
            String id = newItem(party, "Item");
            party.syncs();
            party.service.fault(Map.of("status", 500, "times", 4));

            party.update(party.row("Item"), Map.of("title", "Edited"));
            newRow(party, "New");
            party.eventually(() ->
                    assertThat(party.service.item(id).path("title").asText()).isEqualTo("Edited"));

            party.agreesOn(List.of("Edited", "New"));
            assertThat(party.hub.deadLetters()).isEmpty();
            party.isQuiet();
        }
    }

    @Test
    void aCreateWithoutAnAnswerMakesNoTwin() {
        try (Party party = synced(0)) {
            party.service.fault(Map.of("loseAnswer", true, "times", 1));
            newRow(party, "Once");
            party.agreesOn(List.of("Once"));
            party.service.fault(Map.of("loseAnswer", true, "times", 4));
            UUID row = newRow(party, "Twice");
            party.eventually(() -> assertThat(party.service.titles()).contains("Twice"));
            party.update(row, Map.of("title", "Twice, edited"));
            party.hub.sync(party.integration);

            party.agreesOn(List.of("Once", "Twice, edited"));
            party.isQuiet();
            party.agreesOn(List.of("Once", "Twice, edited"));
        }
    }

    @Test
    void anUpdateAndADeleteWithoutAnAnswerHappenOnce() {
        try (Party party = synced(0)) {
            newItem(party, "Changed");
            newItem(party, "Deleted");
            party.syncs();
            party.service.fault(Map.of("loseAnswer", true, "times", 6));

            party.update(party.row("Changed"), Map.of("title", "Changed once"));
            party.delete(party.row("Deleted"));

            party.agreesOn(List.of("Changed once"));
            assertThat(party.hub.conflicts("open")).isEmpty();
            party.isQuiet();
        }
    }

    @Test
    void aCursorThatTheServiceHasForgottenLosesNothing() {
        try (Party party = synced(30)) {
            List<JsonNode> items = party.service.items();
            party.service.fault(Map.of("dropWebhooks", true, "expireCursor", true));
            party.service.edit(items.get(0).path("id").asText(), Map.of("title", "Edited meanwhile"));
            party.service.delete(items.get(1).path("id").asText());
            newItem(party, "New meanwhile");
            UUID row = party.row(items.get(2).path("title").asText());
            party.update(row, Map.of("title", "Edited here"));

            party.syncs();

            party.eventually(() -> assertThat(party.service.titles())
                    .hasSize(items.size())
                    .contains("Edited meanwhile", "New meanwhile", "Edited here"));
            party.agrees();
            party.isQuiet();
        }
    }

    @Test
    void aTokenThatIsNotAcceptedAnyMoreIsShownAndWhatWaitsIsNotLost() {
        try (Party party = synced(0)) {
            String id = newItem(party, "Item");
            party.syncs();
            party.service.fault(Map.of("expireToken", true));

            party.update(party.row("Item"), Map.of("title", "Edited"));
            party.eventually(() -> {
                assertThat(party.card().path("status").asText()).isEqualTo("needs_reconnect");
                assertThat(party.card().path("error").path("message").asText()).isNotBlank();
            });
            assertThat(party.hub.sync(party.integration).path("status").asText())
                    .isEqualTo("failed");
            party.service.noFaults();
            party.syncs();

            party.eventually(() ->
                    assertThat(party.service.item(id).path("title").asText()).isEqualTo("Edited"));
            party.eventually(
                    () -> assertThat(party.card().path("status").asText()).isEqualTo("success"));
            party.isQuiet();
        }
    }

    @Test
    void mostOfAnAccountIsNotDeletedUnasked() {
        try (Party party = synced(30)) {
            party.service.fault(Map.of("dropWebhooks", true));
            List<JsonNode> items = party.service.items();
            items.subList(0, items.size() - 5)
                    .forEach(item -> party.service.delete(item.path("id").asText()));

            JsonNode job = party.hub.sync(party.integration);

            assertThat(job.path("status").asText()).isEqualTo("held");
            assertThat(party.rows()).hasSize(items.size());
            party.hub.control(job.path("jobId").asText(), "confirm");
            party.agrees();
            assertThat(party.rows()).hasSize(5);
        }
    }

    @Test
    void aChangeAtTheServiceIsToldWithinTwoSeconds() {
        assumeTrue(hasWebhooks(), "the service has no webhooks");
        try (Party party = synced(0)) {
            String id = newItem(party, "Item");
            party.syncs();
            List<Duration> delays = new ArrayList<>();
            for (String title : List.of("One", "Two", "Three")) {
                Instant before = Instant.now();
                party.service.edit(id, Map.of("title", title));
                party.eventually(() -> assertThat(party.rowTitles()).containsExactly(title));
                delays.add(Duration.between(before, Instant.now()));
            }
            String other = newItem(party, "Other");
            party.eventually(() -> assertThat(party.rowTitles()).containsExactly("Other", "Three"));
            party.service.delete(other);
            party.eventually(() -> assertThat(party.rowTitles()).containsExactly("Three"));

            delays.sort(Duration::compareTo);
            assertThat(delays.get(1)).isLessThan(Duration.ofSeconds(2));
            party.isQuiet();
        }
    }

    @Test
    void eventsThatComeTwiceOrInAnotherOrderHaveOneEffect() {
        assumeTrue(hasWebhooks(), "the service has no webhooks");
        try (Party party = synced(0)) {
            String id = newItem(party, "Item");
            party.syncs();
            party.service.fault(Map.of("duplicateWebhooks", 3, "reorderWebhooks", true));
            for (String title : List.of("One", "Two", "Three", "Four")) {
                party.service.edit(id, Map.of("title", title));
            }
            newItem(party, "New");

            party.agreesOn(List.of("Four", "New"));
            party.syncs();
            party.agreesOn(List.of("Four", "New"));
            party.isQuiet();
        }
    }

    private static Instant time(JsonNode request) {
        return Instant.parse(request.path("time").asText());
    }
}

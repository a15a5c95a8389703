package io.dayflow.hub.api;

import static io.dayflow.hub.api.ApiCalls.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.HubCalls;
import io.dayflow.hub.RunningHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Whatever is refused names what is wrong and changes nothing. */
@ApiTest
class RefusedRequestsIT {

    private static final String PATH = "/api/integrations";

    @Autowired
    ApiCalls calls;

    @Autowired
    Environment environment;

    private UUID ann;
    private UUID bob;
    private UUID bobs;
    private UUID anns;
    private UUID bobsJob;
    private UUID bobsConflict;
    private UUID bobsLetter;
    private String before;

    @BeforeEach
    void twoUsers() {
        ann = calls.newUser();
        anns = id(calls.connect(ann, "ann"));
        bob = calls.newUser();
        bobs = id(calls.connect(bob, "bob"));
        bobsJob = UUID.fromString(calls.post(bob, PATH + "/sync", "{\"integrationId\": \"%s\"}".formatted(bobs))
                .expect(202)
                .body()
                .path("jobId")
                .asText());
        bobsConflict = calls.conflict(bob, bobs);
        bobsLetter = calls.deadLetter(bob, bobs);
        before = calls.fingerprint();
    }

    @AfterEach
    void nothingChanged() {
        assertThat(calls.fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | action",
                "{\"action\": \"explode\"} | action",
                "{\"action\": null} | action",
                "{\"action\": 1} | action",
                "{\"action\": \"connect\"} | service",
                "{\"action\": \"connect\", \"service\": \"testcal\"} | credentials",
                "{\"action\": \"connect\", \"service\": \"nobody\", \"credentials\": {\"token\": \"x\"}} | service",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a\"}} | credentials.password",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a\", \"password\": \" \"}} | credentials.password",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a:b\", \"password\": \"c\"}} | credentials.username",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a\", \"password\": 5}} | credentials.password",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a\", \"password\": \"b\", \"pin\": \"c\"}} | credentials.pin",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": \"a\"} | credentials",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"code\": \"x\", \"state\": \"y\"} | code",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"code\": \"x\"} | state",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a\", \"password\": \"b\"}, \"settings\": {\"syncInterval\": \"15\"}} | settings.syncInterval",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a\", \"password\": \"b\"}, \"settings\": []} | settings",
                "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {\"username\": \"a\", \"password\": \"b\"}, \"displayName\": \" \"} | displayName",
                "{\"action\": \"authorize\", \"service\": \"testcal\"} | service",
                "{\"action\": \"authorize\"} | service",
                "{\"action\": \"sync\"} | integrationId",
                "{\"action\": \"sync\", \"integrationId\": \"x\"} | integrationId",
                "{\"action\": \"sync\", \"integrationId\": \"ID\", \"mode\": \"fast\"} | mode",
                "{\"action\": \"sync\", \"integrationId\": \"ID\", \"service\": \"testcal\"} | service",
                "{\"action\": \"sync\", \"integrationId\": \"ID\", \"colour\": \"red\"} | colour"
            })
    void aWrongPostNamesTheField(String json, String field) {
        assertThat(calls.post(ann, PATH, json.replace("ID", anns.toString())).wrongFields())
                .contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"settings\": {\"syncIntervall\": 15} | settings.syncIntervall",
                "\"settings\": {\"syncInterval\": 0} | settings.syncInterval",
                "\"settings\": {\"syncInterval\": 1.5} | settings.syncInterval",
                "\"settings\": {\"autoSync\": \"yes\"} | settings.autoSync",
                "\"settings\": {\"syncDirection\": \"both\"} | settings.syncDirection",
                "\"settings\": {\"filters\": {\"colour\": null}} | settings.filters.colour",
                "\"settings\": {\"filters\": {\"status\": [\"done\"]}} | settings.filters.status",
                "\"settings\": {\"filters\": {\"dateRange\": {\"start\": \"tomorrow\"}}} | settings.filters.dateRange.start",
                "\"settings\": {\"exportNew\": \"some\"} | settings.exportNew",
                "\"settings\": {\"defaultCollections\": {\"tasks\": \"ID\"}} | settings.defaultCollections.tasks",
                "\"collections\": [{\"id\": \"ID\", \"selected\": true}] | collections[0].id",
                "\"collections\": [{\"id\": \"ID\"}] | collections[0].selected",
                "\"collections\": [{\"selected\": true}] | collections[0].id",
                "\"collections\": [null] | collections[0]",
                "\"collections\": {\"id\": true} | collections",
                "\"active\": \"no\" | active",
                "\"displayName\": 7 | displayName",
                "\"displayName\": \"\" | displayName",
                "\"name\": \"x\" | name"
            })
    void aWrongPutNamesTheField(String member, String field) {
        var json = "{\"integrationId\": \"ID\", " + member + "}";
        assertThat(calls.put(ann, PATH, json.replace("ID", anns.toString())).wrongFields())
                .contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"integrationId\": \"ID\", \"foo\": 1, \"active\": true, \"bar\": {\"x\": 2}} | foo,bar",
                "{\"foo\": 1, \"bar\": 2, \"foo.bar\": 3} | foo,bar,foo.bar",
                "{\"integrationId\": \"ID\", \"collections\": [{\"id\": \"ID\", \"selected\": true}, {\"a\": 1, \"id\": \"ID\", \"b\": null}]}"
                        + " | collections[1].a,collections[1].b"
            })
    void everyUnknownFieldIsNamed(String json, String fields) {
        assertThat(calls.put(ann, PATH, json.replace("ID", anns.toString())).wrongFields())
                .containsExactlyInAnyOrder(fields.split(","));
    }

    @Test
    void nobodyIsToldOfEndlesslyManyUnknownFields() {
        var json = IntStream.range(0, 10_000)
                .mapToObj(number -> "\"x%d\": 1".formatted(number))
                .collect(Collectors.joining(", ", "{", "}"));
        assertThat(calls.put(ann, PATH, json).wrongFields()).hasSize(50).contains("x0", "x1");
    }

    @ParameterizedTest
    @CsvSource({
        "/jobs?limit=0, limit",
        "/jobs?limit=201, limit",
        "/jobs?limit=-1, limit",
        "/jobs?limit=ten, limit",
        "/jobs?limit=1&limit=2, limit",
        "/jobs?cursor=x, cursor",
        "/jobs?cursor=%00, ''",
        "/jobs?integrationId=x, integrationId",
        "/jobs?status=done, status",
        "/conflicts?status=closed, status",
        "/conflicts?cursor=MTk3MC0wMS0wMVQwMDowMDowMFogMQ, cursor",
        "/history?jobId=1-1-1-1-1, jobId",
        "/history?itemId=x, itemId",
        "/history?cursor=!!, cursor",
        "/dead-letters?limit=1e3, limit"
    })
    void aWrongQueryNamesTheParameter(String query, String field) {
        assertThat(calls.get(ann, PATH + query).wrongFields())
                .satisfies(fields -> assertThat(field.isEmpty() || fields.contains(field))
                        .as("%s", fields)
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs?integrationId=&status=",
                "/history?itemId=&jobId=",
                "/conflicts?status=",
                "/alerts?status=&severity=",
                "/audit?userId="
            })
    void anEmptyConditionIsNone(String query) {
        assertThat(calls.get(bob, PATH + query).expect(200).body().path("items"))
                .isEqualTo(calls.get(bob, PATH + query.substring(0, query.indexOf('?')))
                        .expect(200)
                        .body()
                        .path("items"));
    }

    @Test
    void aWrongDeleteNamesTheParameter() {
        assertThat(calls.delete(ann, PATH).wrongFields()).containsExactly("integrationId");
        assertThat(calls.delete(ann, PATH + "?integrationId=x").wrongFields()).containsExactly("integrationId");
        assertThat(calls.delete(ann, PATH + "?integrationId=").wrongFields()).containsExactly("integrationId");
        assertThat(calls.delete(ann, PATH + "?integrationId=" + anns + "&items=")
                        .wrongFields())
                .containsExactly("items");
        assertThat(calls.delete(ann, PATH + "?integrationId=" + anns + "&items=burn")
                        .wrongFields())
                .containsExactly("items");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"x\"",
                "{",
                "{\"action\": \"sync\"} {}",
                "{\"a\": \"\\u0000\"}",
                "{\"action\": \"sync\", \"action\": \"sync\"}"
            })
    void aBodyThatIsNoObjectIsRefused(String json) {
        for (var path : new String[] {PATH, PATH + "/sync"}) {
            calls.post(ann, path, json).problem(400);
        }
        calls.put(ann, PATH, json).problem(400);
        calls.put(ann, PATH + "/sync/" + bobsJob, json).problem(400);
    }

    /** Not only told so when it is done. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "text/html, application/xml;q=0.9",
                "nonsense",
                "application/json;charset=ISO-8859-1",
                "application/json, application/json;charset=UTF-16",
                "application/json, application/x+json;charset=ISO-8859-1",
                "application/json;charset=nonsense",
                "MANY"
            })
    void whoTakesNoJsonIsRefusedBeforeAnythingIsDone(String named) {
        var accepted = named.equals("MANY") ? "text/html, ".repeat(50) + "application/json" : named;
        var request = calls.request(ann, PATH + "/sync")
                .header("Accept", accepted)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"integrationId\": \"%s\"}".formatted(anns)));
        HubCalls.problem(calls.http().send(request), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=utf-8, text/html", "*/*", "text/html, application/*;q=0.1"})
    void whoTakesJsonToo(String accepted) {
        var request = calls.request(ann, PATH).header("Accept", accepted).GET();
        assertThat(calls.http().send(request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/x-yaml",
                "text/yaml",
                "application/x+yaml",
                "application/xml",
                "text/xml",
                "application/cbor",
                "application/x-jackson-smile",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/json;charset=GBK",
                "application/json;charset=ISO-8859-1",
                "application/json;charset=UTF-16",
                "application/json;charset=nonsense",
            })
    void aBodyInAnotherFormatOrCharsetIsRefused(String type) {
        var json = "{\"integrationId\": \"%s\", \"colour\": 1, \"displayName\": \"b\u00e4\"}".formatted(anns);
        var body = type.startsWith("multipart")
                ? "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n" + json + "\r\n--x--\r\n"
                : json;
        for (var method : new String[] {"POST", "PUT"}) {
            var request = calls.request(ann, PATH)
                    .header("Content-Type", type)
                    .method(method, BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
            HubCalls.problem(calls.http().send(request), 415);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;charset=utf-8", "application/x+json"})
    void aBodyInJsonIsRead(String type) {
        var change = "{\"integrationId\": \"%s\", \"displayName\": 7}".formatted(anns);
        var request = calls.request(ann, PATH).header("Content-Type", type).PUT(BodyPublishers.ofString(change));
        assertThat(ApiCalls.reply(calls.http().send(request)).wrongFields()).containsExactly("displayName");
    }

    /** Nothing of it is read before somebody asks who sends it. */
    @ParameterizedTest
    @CsvSource({
        "PUT, application/x-www-form-urlencoded",
        "POST, application/x-www-form-urlencoded",
        "DELETE, application/x-www-form-urlencoded",
        "POST, multipart/form-data",
        "POST, multipart/form-data; boundary=x",
    })
    void aFormOfNobodyIsRefusedAsOthersAre(String method, String type) {
        for (var body : new String[] {"%zz", "a=%zz&%", "--x\r\nnonsense", "--x\r\n\r\n"}) {
            var request =
                    calls.http().to(PATH).header("Content-Type", type).method(method, BodyPublishers.ofString(body));
            HubCalls.problem(calls.http().send(request), 401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "*/*; charset=utf-8"})
    void aBodyOfAnyTypeIsRefused(String type) {
        for (var path : new String[] {PATH + "/sync", PATH + "/nothing", "/api/webhooks/testtasks"}) {
            var request = calls.request(ann, path)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{\"integrationId\": \"%s\"}".formatted(anns)));
            HubCalls.problem(calls.http().send(request), 415);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs%2f", "/jobs/%00", "/jobs/a%5cb"})
    void whatTheServerItselfRefusesIsToldAsAProblem(String path) {
        HubCalls.problem(calls.http().send(calls.request(ann, PATH + path).GET()), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH + "/jobs?a[]=1", PATH + "?a=|", PATH + "\\\\jobs"})
    void anAddressThatCannotBeReadIsAProblemToo(String address) throws IOException {
        int port = calls.http().to(PATH).build().uri().getPort();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            var request = "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("Content-Type: application/problem+json", "\"status\":400");
        }
    }

    @Test
    void aKeysetThatOthersMayReadIsNotChangedAndItIsSaidWhatToDo() throws IOException {
        var keyset = Path.of(environment.getRequiredProperty("hub.data-dir"), "keyset.json");
        var keys = Files.readString(keyset);
        Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            assertThat(calls.post(ann, PATH + "/keys/rotate", "").problem(409))
                    .contains("chmod 600", "Nothing was changed");
        } finally {
            Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(Files.readString(keyset)).isEqualTo(keys);
    }

    /** Of them the name of the account is made, which is looked up by an index. */
    @ParameterizedTest
    @CsvSource({"username, 320", "url, 2000", "password, 8192"})
    void credentialsAreNoLongerThanTheirKindNeeds(String name, int longest) {
        var credentials = new TreeMap<>(Map.of("username", "a", "password", "b"));
        credentials.put(name, (name.equals("url") ? "https://" : "") + "x".repeat(longest + 1));
        var json = "{\"action\": \"connect\", \"service\": \"testcal\", \"credentials\": {"
                + credentials.entrySet().stream()
                        .map(one -> "\"%s\": \"%s\"".formatted(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", "))
                + "}}";
        assertThat(calls.post(ann, PATH, json).problem(400))
                .isEqualTo("credentials.%s takes at most %d characters".formatted(name, longest));
    }

    /** Tomcat lets bytes from 0x80 to 0x9f through, and the firewall throws at whoever reads them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept",
                "Accept-Encoding",
                "Accept-Language",
                "Authorization",
                "Content-Type",
                "Cookie",
                "Forwarded",
                "HX-Request",
                "If-Match",
                "If-None-Match",
                "Last-Event-ID",
                "Origin",
                "Range",
                "Referer",
                "Sec-Fetch-Site",
                "User-Agent",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-User-Id"
            })
    void rawBytesInAHeaderAreTheCallersFault(String name) throws IOException {
        int port = calls.http().to(PATH).build().uri().getPort();
        for (var address : new String[] {
            "GET " + PATH,
            "POST " + PATH,
            "PUT " + PATH + "/conflicts/" + bobsConflict,
            "GET " + PATH + "/events",
            "GET /",
            "GET /login",
            "POST /login",
            "GET /assets/nothing.css",
            "GET /actuator/health",
            "GET /v3/api-docs",
            "GET /hawtio/",
            "GET /actuator/jolokia",
            "GET /nothing"
        }) {
            for (var credentials : new String[] {
                "", "Authorization: Bearer " + RunningHub.SERVICE_TOKEN + "\r\nX-User-Id: " + ann + "\r\n"
            }) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setSoTimeout(20_000);
                    var request = address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n"
                            + (name.equals("Content-Type") ? "" : "Content-Type: application/json\r\n")
                            + (name.equals("Authorization") || name.equals("X-User-Id") ? "" : credentials)
                            + name + ": a\u0080\u009fb\r\n\r\n{}";
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                    var first = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                    assertThat(first).as("%s %s", address, credentials).matches("HTTP/1.1 [234]..");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0007b", "two\\nlines", "a\\u0085b"})
    void aNameIsOneLineWithoutControlCharacters(String name) {
        var change = "{\"integrationId\": \"%s\", \"displayName\": \"%s\"}".formatted(anns, name);
        assertThat(calls.put(ann, PATH, change).wrongFields()).containsExactly("displayName");
    }

    @Test
    void aBodyTooLargeIsRefused() {
        var json = "{\"action\": \"connect\", \"service\": \"testcal\", \"displayName\": \"%s\"}"
                .formatted("x".repeat(1_100_000));

        calls.post(ann, PATH, json).problem(413);
        calls.put(ann, PATH, json).problem(413);
    }

    @Test
    void whatBelongsToAnotherUserIsNotThere() {
        var unknown = UUID.randomUUID();
        for (var id : new UUID[] {bobs, unknown}) {
            calls.put(ann, PATH, "{\"integrationId\": \"%s\", \"active\": false}".formatted(id))
                    .problem(404);
            calls.delete(ann, PATH + "?integrationId=" + id).problem(404);
            calls.post(ann, PATH + "/sync", "{\"integrationId\": \"%s\"}".formatted(id))
                    .problem(404);
            calls.post(ann, PATH, "{\"action\": \"sync\", \"integrationId\": \"%s\"}".formatted(id))
                    .problem(404);
        }
        for (var id : new UUID[] {bobsJob, unknown}) {
            calls.get(ann, PATH + "/jobs/" + id).problem(404);
            for (var action : new String[] {"pause", "resume", "cancel", "confirm", "undo"}) {
                calls.put(ann, PATH + "/sync/" + id, "{\"action\": \"%s\"}".formatted(action))
                        .problem(404);
            }
        }
        for (var id : new UUID[] {bobsConflict, unknown}) {
            calls.put(ann, PATH + "/conflicts/" + id, "{\"resolution\": \"keep_dayflow\"}")
                    .problem(404);
        }
        for (var id : new UUID[] {bobsLetter, unknown}) {
            calls.delete(ann, PATH + "/dead-letters/" + id).problem(404);
        }
        for (var list : new String[] {
            "/jobs", "/jobs?integrationId=" + bobs, "/conflicts", "/history?jobId=" + bobsJob, "/dead-letters"
        }) {
            assertThat(calls.get(ann, PATH + list).expect(200).body().path("items"))
                    .isEmpty();
        }
    }

    @Test
    void anIdInAPathThatIsNoneIsNotThere() {
        calls.get(ann, PATH + "/jobs/x").problem(404);
        calls.put(ann, PATH + "/sync/1-1-1-1-1", "{\"action\": \"pause\"}").problem(404);
        calls.put(ann, PATH + "/conflicts/x", "{\"resolution\": \"keep_dayflow\"}")
                .problem(404);
        calls.post(ann, PATH + "/dead-letters/x/replay", "").problem(404);
        calls.delete(ann, PATH + "/dead-letters/x").problem(404);
        calls.get(ann, PATH + "/nothing").problem(404);
    }

    @Test
    void withoutCredentialsNothingAnswers() {
        for (var path : new String[] {
            "", "/jobs", "/jobs/" + bobsJob, "/conflicts", "/history", "/audit", "/dead-letters", "/events"
        }) {
            HubCalls.problem(calls.http().send(calls.http().to(PATH + path).GET()), 401);
        }
        HubCalls.problem(calls.http().post(calls.http().to(PATH), "{\"action\": \"sync\"}"), 401);
        HubCalls.problem(
                calls.http()
                        .send(calls.http().to(PATH + "?integrationId=" + bobs).DELETE()),
                401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | resolution",
                "{\"resolution\": \"mine\"} | resolution",
                "{\"resolution\": \"merge\"} | values",
                "{\"resolution\": \"merge\", \"values\": {\"colour\": 1}} | values.colour",
                "{\"resolution\": \"merge\", \"values\": []} | values",
                "{\"resolution\": \"keep_dayflow\", \"values\": {\"title\": \"x\"}} | values",
                "{\"resolution\": \"keep_dayflow\", \"why\": \"x\"} | why"
            })
    void aWrongDecisionNamesTheField(String json, String field) {
        assertThat(calls.put(bob, PATH + "/conflicts/" + bobsConflict, json).wrongFields())
                .contains(field);
    }

    @Test
    void onlyAnUndoIsPreviewedByAnAction() {
        assertThat(calls.put(bob, PATH + "/sync/" + bobsJob, "{\"action\": \"pause\", \"preview\": true}")
                        .wrongFields())
                .contains("preview");
    }

    @Test
    void anEntryOfTheHistoryThatIsNoneOrSomebodyElsesIsNotFound() {
        for (var entry : new String[] {"0", "-1", "x", "999999999999999999999"}) {
            calls.post(bob, PATH + "/history/" + entry + "/undo", "{}").problem(404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "resume | paused",
                "confirm | held",
                "undo | takes one that is completed",
            })
    void anActionThatDoesNotFitTheStateSaysWhatFits(String action, String said) {
        assertThat(calls.put(bob, PATH + "/sync/" + bobsJob, "{\"action\": \"%s\"}".formatted(action))
                        .problem(409))
                .contains(said);
    }
}

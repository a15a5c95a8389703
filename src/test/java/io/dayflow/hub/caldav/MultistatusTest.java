package io.dayflow.hub.caldav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.provider.FaultException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultistatusTest {

    /** As iCloud answers: two propstats, the property that is missing empty in the second, which comes last. */
    private static final String ICLOUD = """
        <?xml version='1.0' encoding='UTF-8'?>
        <multistatus xmlns='DAV:'><response><href>/17/calendars/home/</href>
        <propstat><prop><getctag xmlns="http://calendarserver.org/ns/">HwoQEgwA</getctag></prop>
        <status>HTTP/1.1 200 OK</status></propstat>
        <propstat><prop><getctag xmlns="http://calendarserver.org/ns/"/><displayname xmlns="DAV:"/></prop>
        <status>HTTP/1.1 404 Not Found</status></propstat></response></multistatus>\
        """;

    /** As Cyrus answers a sync-collection that it cuts short. */
    private static final String CYRUS = """
        <?xml version="1.0" encoding="utf-8"?>
        <D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
          <D:response><D:href>/dav/calendars/user/alice/Default/a@b.ics</D:href>
            <D:propstat><D:status>HTTP/1.1 200 OK</D:status>
              <D:prop><D:getetag>"12-1"</D:getetag></D:prop></D:propstat></D:response>
          <D:response><D:href>/dav/calendars/user/alice/Default/</D:href>
            <D:status>HTTP/1.1 507 Insufficient Storage</D:status>
            <D:error><D:number-of-matches-within-limits/></D:error></D:response>
          <D:sync-token>data:,1772323200-5</D:sync-token>
        </D:multistatus>\
        """;

    /** As Xandikos answers a multiget, one member missing. */
    private static final String XANDIKOS = """
        <ns0:multistatus xmlns:ns0="DAV:" xmlns:ns1="urn:ietf:params:xml:ns:caldav"><ns0:response>
        <ns0:href>/alice/calendars/calendar/none.ics</ns0:href><ns0:status>HTTP/1.1 404 Not Found</ns0:status>
        </ns0:response><ns0:response><ns0:href>/alice/calendars/calendar/one.ics</ns0:href>
        <ns0:propstat><ns0:status>HTTP/1.1 200 OK</ns0:status><ns0:prop><ns0:getetag>"c3"</ns0:getetag>
        <ns1:calendar-data>BEGIN:VCALENDAR&#13;
        SUMMARY:a &lt; b<![CDATA[ & c]]></ns1:calendar-data></ns0:prop></ns0:propstat></ns0:response></ns0:multistatus>\
        """;

    @Test
    void aValueIsNotOverwrittenByAPropstatThatWasNotFound() {
        Row row = rows(ICLOUD).getFirst();
        assertThat(row.text(Dav.CTAG)).isEqualTo("HwoQEgwA");
        assertThat(row.properties()).doesNotContainKey(Dav.DISPLAY_NAME);
    }

    @Test
    void rowsStatusesAndTheTokenAreReadWhateverThePrefixes() {
        List<Row> rows = new ArrayList<>();
        assertThat(Multistatus.read(answer(CYRUS), rows::add)).isEqualTo("data:,1772323200-5");
        assertThat(rows).extracting(Row::status).containsExactly(200, 507);
        assertThat(rows.getFirst().text(Dav.ETAG)).isEqualTo("\"12-1\"");
        assertThat(rows(XANDIKOS)).extracting(Row::gone).containsExactly(true, false);
        assertThat(rows(XANDIKOS).get(1).properties().get(Dav.DATA).text())
                .startsWith("BEGIN:VCALENDAR\r\n")
                .endsWith("a < b & c");
    }

    @Test
    void aResourceWithoutAnyOfThePropertiesIsStillThere() {
        String missing = Script.row("/x.ics", "<d:getetag/>").replace("200 OK", "404 Not Found");
        assertThat(rows(Script.multistatus(missing)).getFirst().status()).isEqualTo(200);
        String refused = Script.row("/x.ics", "<d:getetag/>").replace("200 OK", "403 Forbidden");
        assertThat(rows(Script.multistatus(refused)).getFirst().status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not XML",
                "<html><body>Sign in</body></html>",
                "<d:multistatus xmlns:d='DAV:'><d:response>",
                "<d:multistatus xmlns:d='DAV:'></d:multistatus>rest",
                "<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><m xmlns='DAV:'>&x;</m>",
                "<!DOCTYPE multistatus><multistatus xmlns='DAV:'/>",
                "<!DOCTYPE m SYSTEM 'http://127.0.0.1:1/x.dtd'><multistatus xmlns='DAV:'/>",
                "<!DOCTYPE m PUBLIC 'x' 'http://127.0.0.1:1/x.dtd'><multistatus xmlns='DAV:'/>",
                "<!DOCTYPE m [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]><multistatus xmlns='DAV:'/>",
                "<!DOCTYPE m [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c"
                        + " '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><multistatus xmlns='DAV:'><response><href>&c;</href>"
                        + "</response></multistatus>",
                "<!DOCTYPE m [<!ENTITY x SYSTEM 'http://169.254.169.254/'>]><multistatus xmlns='DAV:' a='&x;'/>",
                "<multistatus xmlns='DAV:'><response><href>&undeclared;</href></response></multistatus>",
                "<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>",
                "<multistatus xmlns='DAV:'><response><href>&amp;&nbsp;</href></response></multistatus>"
            })
    void anythingElseIsUnreadable(String body) {
        assertThatThrownBy(() -> rows(body)).satisfies(Scene.fault("unreadable", ""));
    }

    @Test
    void nestingWithoutEndIsUnreadable() {
        String deep = Script.multistatus("<d:x>".repeat(50_000));
        assertThatThrownBy(() -> rows(deep)).satisfies(Scene.fault("unreadable", "nested"));
    }

    @Test
    void aLongListingIsReadInLittleTime() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append(Script.etag("/dav/work/%C3%A9-" + i + ".ics", "etag&amp;-" + i));
        }
        Answer answer = answer(Script.multistatus(rows + Script.token("t")));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(Listings.everything(Scene.events(null), answer).entries())
                        .hasSize(20_000));
    }

    @Test
    void damageIsUnreadableOrReadButNeverAnythingElse() {
        long seed = Long.getLong("seed", 20260302L);
        Random random = new Random(seed);
        List<String> samples = List.of(ICLOUD, CYRUS, XANDIKOS, Script.multistatus(Script.status("/x", 404)));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int run = 0; run < 20_000; run++) {
                byte[] bytes = damaged(samples.get(random.nextInt(samples.size())), random);
                try {
                    Multistatus.read(new Answer(207, Map.of(), bytes, Scene.uri()), row -> row.text(Dav.ETAG));
                } catch (FaultException e) {
                    assertThat(e.getKind()).as("seed %d, run %d", seed, run).isEqualTo("unreadable");
                } catch (RuntimeException e) {
                    throw new AssertionError(
                            "seed " + seed + ", run " + run + ": " + new String(bytes, StandardCharsets.UTF_8), e);
                }
            }
        });
    }

    private static byte[] damaged(String sample, Random random) {
        byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 2; i--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(40), bytes.length - at);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                default -> bytes[at] = (byte) "<>&\"'/!?[]: ;%".charAt(random.nextInt(14));
            }
        }
        return bytes;
    }

    private static List<Row> rows(String body) {
        return Multistatus.rows(answer(body));
    }

    private static Answer answer(String body) {
        return new Answer(207, Map.of(), body.getBytes(StandardCharsets.UTF_8), Scene.uri());
    }
}

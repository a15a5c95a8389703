package io.dayflow.hub.caldav;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HrefTest {

    private static final URI BASE = URI.create("https://cal.example.com/dav/work/");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dav/work/a%20b.ics | /dav/work/a b.ics | /dav/work/a%20b.ics",
                "/dav/work/%c3%a9@x%2B1.ics | /dav/work/\u00e9@x+1.ics | /dav/work/%C3%A9@x%2B1.ics",
                "/dav/work/\u00e9%40x+1.ics | /dav/work/\u00e9@x+1.ics | /dav/work/%C3%A9@x%2B1.ics",
                "/dav/work/a%2fb.ics | /dav/work/a%2Fb.ics | /dav/work/a%2Fb.ics",
                "/dav/work/a%252Fb.ics | /dav/work/a%252Fb.ics | /dav/work/a%252Fb.ics",
                "/dav/work/%FF%2F%e9.ics | /dav/work/%FF%2F%E9.ics | /dav/work/%FF%2F%E9.ics",
                "/dav/work/100%.ics | /dav/work/100%25.ics | /dav/work/100%25.ics",
                "/dav/work/%00%0a.ics | /dav/work/%00%0A.ics | /dav/work/%00%0A.ics",
                "/dav/work/a?b#c.ics | /dav/work/a?b#c.ics | /dav/work/a%3Fb%23c.ics",
                "https://cal.example.com/dav/work/1.ics | /dav/work/1.ics | /dav/work/1.ics",
                "http://internal:8080/dav/work/1.ics | /dav/work/1.ics | /dav/work/1.ics",
                "1.ics | /dav/work/1.ics | /dav/work/1.ics",
                "./1.ics | /dav/work/1.ics | /dav/work/1.ics",
                "%F0%9F%9A%80.ics | /dav/work/\ud83d\ude80.ics | /dav/work/%F0%9F%9A%80.ics"
            })
    void aHrefIsKeptDecodedAndSentEncoded(String raw, String kept, String sent) {
        assertThat(Href.path(raw, BASE)).isEqualTo(kept);
        assertThat(Href.encode(kept)).isEqualTo(sent);
        assertThat(Href.uri(kept, BASE)).isEqualTo(URI.create("https://cal.example.com" + sent));
    }

    @Test
    void anyNameSurvivesKeepingAndSending() {
        long seed = Long.getLong("seed", 20260301L);
        Random random = new Random(seed);
        for (int run = 0; run < 20_000; run++) {
            StringBuilder raw = new StringBuilder("/dav/");
            for (int i = random.nextInt(12); i >= 0; i--) {
                switch (random.nextInt(4)) {
                    case 0 -> raw.append('%').append("0123456789abcdefABCDEF".charAt(random.nextInt(22)));
                    case 1 -> raw.append((char) (33 + random.nextInt(94)));
                    case 2 -> raw.appendCodePoint(0xe0 + random.nextInt(0x1000));
                    default -> raw.append("%%%02x".formatted(random.nextInt(256)));
                }
            }
            String kept = Href.path(raw.toString(), BASE);
            assertThat(Href.path(Href.encode(kept), BASE))
                    .as("seed %d: %s", seed, raw)
                    .isEqualTo(kept);
            assertThat(Href.uri(kept, BASE).getRawPath())
                    .as("seed %d: %s", seed, raw)
                    .isEqualTo(Href.encode(kept));
        }
    }

    @Test
    void aHomeOnAnotherHostIsKeptWithItsHost() {
        URI partition = Href.resolve(
                "https://p12-caldav.icloud.com:443/17/calendars/", URI.create("https://caldav.icloud.com/"));
        assertThat(partition).isEqualTo(URI.create("https://p12-caldav.icloud.com/17/calendars/"));
        assertThat(Href.kept(partition, URI.create("https://caldav.icloud.com/")))
                .isEqualTo("https://p12-caldav.icloud.com/17/calendars/");
        assertThat(Href.member("https://p12-caldav.icloud.com/17/calendars/", "/17/calendars/a%20b.ics", partition))
                .isEqualTo("https://p12-caldav.icloud.com/17/calendars/a b.ics");
        assertThat(Href.uri("https://p12-caldav.icloud.com/17/calendars/a b.ics", BASE))
                .isEqualTo(URI.create("https://p12-caldav.icloud.com/17/calendars/a%20b.ics"));
    }

    @Test
    void aServerThatCallsItselfHttpStaysOnHttps() {
        assertThat(Href.resolve("http://cal.example.com/dav/", BASE))
                .isEqualTo(URI.create("https://cal.example.com/dav/"));
    }
}

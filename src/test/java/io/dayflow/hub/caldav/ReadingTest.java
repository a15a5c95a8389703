package io.dayflow.hub.caldav;

import static io.dayflow.hub.caldav.Script.row;
import static io.dayflow.hub.caldav.Script.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.provider.Fetched;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final List<String> TWO = List.of("/dav/work/1.ics", "/dav/work/2.ics");

    @Test
    void whatAMultigetLeavesOutOrFailsOnIsReadByItself() {
        Script script = new Script()
                .rows("REPORT", data("/dav/work/1.ics", "ONE") + status("/dav/work/2.ics", 403))
                .on("GET", 200, Map.of("ETag", "W/\"2\""), "TWO");
        assertThat(read(TWO, script))
                .containsExactly(
                        new Fetched("/dav/work/1.ics", "\"e\"", "ONE"),
                        new Fetched("/dav/work/2.ics", "W/\"2\"", "TWO"));
    }

    @Test
    void aServerWithoutMultigetIsAskedOneByOne() {
        for (int refusal : new int[] {403, 405, 501}) {
            Script script =
                    new Script().on("REPORT", refusal, "").on("GET", 200, "ONE").on("GET", 410, "");
            assertThat(read(TWO, script))
                    .containsExactly(
                            new Fetched("/dav/work/1.ics", null, "ONE"), new Fetched("/dav/work/2.ics", null, null));
        }
    }

    @Test
    void oneObjectThatXmlCannotCarryDoesNotSpoilTheOthers() {
        Script script = new Script()
                .rows("REPORT", data("/dav/work/1.ics", "ONE") + data("/dav/work/2.ics", "T\u0001WO"))
                .on("GET", 200, "T\u0001WO");
        assertThat(read(TWO, script)).extracting(Fetched::payload).containsExactly("ONE", "T\u0001WO");
    }

    @Test
    void anObjectThatCannotBeReadEitherWayFaults() {
        Script script = new Script().on("REPORT", 501, "").on("GET", 500, "");
        assertThatThrownBy(() -> read(TWO, script)).satisfies(Scene.fault("transient", ""));
    }

    @Test
    void nothingWantedIsNothingAsked() {
        assertThat(read(List.of(), new Script())).isEmpty();
    }

    @Test
    void lineEndsAreThoseOfIcalendarWhicheverWayTheyCame() {
        Script script =
                new Script().rows("REPORT", data("/dav/work/1.ics", "A\nB&#13;\nC") + data("/dav/work/2.ics", "x"));
        assertThat(read(TWO, script).getFirst().payload()).isEqualTo("A\r\nB\r\nC");
    }

    private static String data(String href, String text) {
        return row(href, "<d:getetag>\"e\"</d:getetag><c:calendar-data>" + text + "</c:calendar-data>");
    }

    private static List<Fetched> read(List<String> paths, Script script) {
        try (Routes routes = Scene.routes(script)) {
            List<Fetched> read = routes.get(routes.connection, Scene.events(null), paths);
            assertThat(script.isOver()).isTrue();
            return read;
        }
    }
}

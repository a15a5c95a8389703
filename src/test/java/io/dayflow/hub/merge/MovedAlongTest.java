package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.Views;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A series that one side moved takes its exceptions along, and that is no edit of them. */
class MovedAlongTest {

    private static final Instant EARLY = Instant.parse("2026-03-01T08:00:00Z");
    private static final EditTimes OURS_LATER = EditTimes.of(EARLY.plusSeconds(60), EARLY);

    private static final View BASE = series("2026-03-02", "2026-03-04", "Here");

    /** One occurrence of it is cancelled, and the one two days later is called something else. */
    private static View series(String start, String cancelled, String title) {
        LocalDate once = LocalDate.parse(cancelled).plusDays(2);
        return Views.event(("{'start':'%s','end':'2026-04-01','recurrence':'FREQ=DAILY','exdates':['%s'],"
                        + "'overrides':{'%s':{'title':'%s','start':'%s','end':'%s'}}}")
                .formatted(start, cancelled, once, title, once, once.plusDays(1)));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void anExceptionThatTheOtherSideTookAwayStaysAwayWhereverItMovedAlong(Strategy strategy) {
        View ours = series("2026-03-10", "2026-03-12", "Here");
        View theirs = Views.event("{'start':'2026-03-20','end':'2026-04-01','recurrence':'FREQ=DAILY'}");

        Merged merged = ThreeWay.merge(BASE, ours, theirs, strategy, OURS_LATER);

        assertThat(merged.view().get("overrides")).isNull();
        assertThat(merged.view().get("exdates")).isNull();
        assertThat(merged.decided())
                .as("what moved along is kept where decisions are")
                .extracting(FieldConflict::path)
                .contains("exdates/2026-03-12", "overrides/2026-03-14");
        Merged mirrored = ThreeWay.merge(BASE, theirs, ours, strategy, OURS_LATER);
        assertThat(mirrored.view().get("overrides")).isNull();
        assertThat(mirrored.view().get("exdates")).isNull();
    }

    @Test
    void whatTheOtherSideLeftAloneMovesAlong() {
        View ours = series("2026-03-10", "2026-03-12", "Here");

        assertThat(ThreeWay.merge(BASE, ours, BASE, Strategy.MANUAL, OURS_LATER).view())
                .isEqualTo(ours);
        assertThat(ThreeWay.merge(BASE, BASE, ours, Strategy.MANUAL, OURS_LATER).view())
                .isEqualTo(ours);
    }

    @Test
    void whatBothSidesMovedIsWhereEachOfThemHasIt() {
        View ours = series("2026-03-10", "2026-03-12", "Here");
        View theirs = series("2026-03-20", "2026-03-22", "Here");

        Merged merged = ThreeWay.merge(BASE, ours, theirs, Strategy.LATEST, OURS_LATER);

        assertThat(merged.view().get("overrides")).isNotNull();
        assertThat(merged.view().get("start")).isEqualTo(ours.get("start"));
    }

    @Test
    void anExceptionThatWasEditedBesideIsAnEdit() {
        View ours = series("2026-03-10", "2026-03-12", "There");
        View theirs = Views.event("{'start':'2026-03-20','end':'2026-04-01','recurrence':'FREQ=DAILY'}");

        View merged =
                ThreeWay.merge(BASE, ours, theirs, Strategy.LATEST, OURS_LATER).view();

        assertThat(merged.get("overrides")).isEqualTo(ours.get("overrides"));
        assertThat(merged.get("exdates")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "true, 2026-03-02, 2026-03-04, 2026-03-09, 2026-03-11",
        "true, 2026-03-02T09:00:00, 2026-03-03T10:30:00, 2026-03-09T09:00:00, 2026-03-10T10:30:00",
        // summer begins in between
        "true, 2026-03-02T09:00:00+01:00[Europe/Berlin], 2026-03-23T09:00:00+01:00[Europe/Berlin],"
                + " 2026-03-16T08:00:00+01:00[Europe/Berlin], 2026-04-06T08:00:00+02:00[Europe/Berlin]",
        // from hours to days
        "true, 2026-03-02T09:00:00, 2026-03-04T09:00:00, 2026-03-09, 2026-03-11",
        "false, 2026-03-02, 2026-03-04, 2026-03-09, 2026-03-12",
        "false, 2026-03-02, 2026-03-04, 2026-03-02, 2026-03-05",
        "false, 2026-03-02, whenever, 2026-03-09, whenever then",
        "false, 2026-03-02, 2026-03-04, whenever, 2026-03-11"
    })
    void whatMovedAlongIsAsFarFromTheStartAsBefore(
            boolean along, String start, String cancelled, String startNow, String cancelledNow) {
        var moved = new MovedAlong(parts(start, cancelled), parts(startNow, cancelledNow));

        String path = Paths.element("exdates", cancelled);
        assertThat(moved.before(Paths.element("exdates", cancelledNow)))
                .isEqualTo(along ? Optional.of(path) : Optional.empty());
        assertThat(moved.hasMoved(path)).isEqualTo(along);
    }

    private static Map<String, JsonNode> parts(String start, String cancelled) {
        return Paths.flatten(Views.event("{'start':'%s','exdates':['%s']}".formatted(start, cancelled)));
    }

    @ParameterizedTest
    @CsvSource({
        // at its own time: moves with it
        "true, 2026-03-04, 2026-03-05, 2026-03-11, 2026-03-12",
        "false, 2026-03-04, 2026-03-05, 2026-03-11, 2026-03-13",
        // put elsewhere: stays there
        "true, 2026-03-05, 2026-03-06, 2026-03-05, 2026-03-06",
        "false, 2026-03-05, 2026-03-06, 2026-03-12, 2026-03-13"
    })
    void anOccurrenceThatWasPutElsewhereStaysThere(
            boolean along, String start, String end, String startNow, String endNow) {
        String series = "{'start':'%s','overrides':{'%s':{'title':'Once','start':'%s','end':'%s'}}}";
        var moved = new MovedAlong(
                Paths.flatten(Views.event(series.formatted("2026-03-02", "2026-03-04", start, end))),
                Paths.flatten(Views.event(series.formatted("2026-03-09", "2026-03-11", startNow, endNow))));

        assertThat(moved.before("overrides/2026-03-11").isPresent()).isEqualTo(along);
    }
}

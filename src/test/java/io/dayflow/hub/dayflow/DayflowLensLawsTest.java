package io.dayflow.hub.dayflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Event;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.RandomItems;
import io.dayflow.hub.item.Seeds;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.Views;
import io.dayflow.hub.item.When;
import io.dayflow.hub.merge.EditTimes;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.merge.ThreeWay;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DayflowLensLawsTest {

    private static final int CASES = 1500;
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2011, 12, 29),
            LocalDate.of(2011, 12, 30),
            LocalDate.of(2011, 12, 31),
            LocalDate.of(2018, 11, 4),
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2026, 3, 8),
            LocalDate.of(2026, 3, 29),
            LocalDate.of(2026, 4, 24),
            LocalDate.of(2026, 10, 25),
            LocalDate.of(2026, 11, 1),
            LocalDate.of(1995, 1, 1),
            LocalDate.of(1993, 8, 21));

    @Test
    void aRowThatNobodyTouchedChangesNothingOfItsItem() {
        Seeds.check(CASES, chance -> {
            DayflowLens lens = lens(zone(chance));
            Item item = chance.item();
            View row = lens.project(item);
            assertThat(lens.canonical(row)).isEqualTo(row);
            assertThat(lens.absorb(item, row)).isEqualTo(item);
        });
    }

    @Test
    void whatARowSaysIsWhatTheItemThenProjects() {
        Seeds.check(CASES, chance -> {
            ZoneId zone = zone(chance);
            DayflowLens lens = lens(zone);
            Item item = chance.item();
            View row = lens.canonical(new RandomRows(chance, zone).edited(lens.project(item)));
            Item absorbed = lens.absorb(item, row);
            assertThat(lens.project(absorbed)).isEqualTo(row);
            assertThat(Item.of(absorbed.view())).isEqualTo(absorbed);
        });
    }

    @Test
    void aRowMadeInDayflowBecomesAnItemThatProjectsIt() {
        Seeds.check(CASES, chance -> {
            ZoneId zone = zone(chance);
            DayflowLens lens = lens(zone);
            View row = lens.canonical(
                    new RandomRows(chance, zone).row(chance.item().kind()));
            assertThat(lens.project(lens.create(row))).isEqualTo(row);
        });
    }

    @Test
    void anyRowHasOneCanonicalForm() {
        Seeds.check(CASES, chance -> {
            ZoneId zone = zone(chance);
            DayflowLens lens = lens(zone);
            View row = new RandomRows(chance, zone(chance)).edited(lens.project(chance.item()));
            View canonical = lens.canonical(row);
            assertThat(lens.canonical(canonical)).isEqualTo(canonical);
        });
    }

    @Test
    void anItemGoesThroughRowsOfAUserWhoMovesFromZoneToZoneUnchanged() {
        Seeds.check(CASES, chance -> {
            Item item = chance.item();
            Item seen = item;
            for (int moves = 0; moves < 3; moves++) {
                DayflowLens lens = lens(zone(chance));
                seen = lens.absorb(seen, lens.project(seen));
            }
            assertThat(seen).isEqualTo(item);
        });
    }

    @ParameterizedTest
    @EnumSource
    void mergedRowsAreRows(Strategy strategy) {
        Seeds.check(CASES / 2, chance -> {
            ZoneId zone = zone(chance);
            DayflowLens lens = lens(zone);
            Item item = chance.item();
            View base = lens.project(item);
            Item ours = chance.edited(item);
            View theirs = lens.canonical(new RandomRows(chance, zone).edited(base));
            View merged = ThreeWay.merge(base, lens.project(ours), theirs, strategy, EditTimes.UNKNOWN)
                    .view();
            assertThat(lens.canonical(merged)).isEqualTo(merged);
            assertThat(lens.project(lens.absorb(ours, merged))).isEqualTo(merged);
        });
    }

    @Test
    void daysStayDaysInEveryZoneOfTheWorld() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            DayflowLens lens = lens(zone);
            for (LocalDate day : DAYS) {
                for (int length = 0; length < 3; length++) {
                    Event event = event(day, day.plusDays(length));
                    assertThat(lens.absorb(event, lens.project(event))).as(id).isEqualTo(event);
                    if (length > 0 && exists(day, zone) && exists(day.plusDays(length), zone)) {
                        assertThat(lens.create(lens.project(event))).as(id).isEqualTo(event);
                    }
                }
                Task task = (Task) Item.of(
                        TaskForm.BLANK.view().with("due", event(day, day).view().get("start")));
                assertThat(lens.absorb(task, lens.project(task))).as(id).isEqualTo(task);
                if (exists(day, zone)) {
                    assertThat(((Task) lens.create(lens.project(task))).due())
                            .as(id)
                            .isEqualTo(When.of(day));
                }
            }
        }
    }

    private static boolean exists(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toLocalDate().equals(day);
    }

    private static Event event(LocalDate first, LocalDate end) {
        return (Event) Item.of(Views.event("{'start':'" + first + "','end':'" + end + "'}"));
    }

    private static ZoneId zone(RandomItems chance) {
        return ZoneId.of(chance.pick(RandomItems.ZONES));
    }

    private static DayflowLens lens(ZoneId zone) {
        return new DayflowLens(zone, new PlainRecurrence());
    }
}

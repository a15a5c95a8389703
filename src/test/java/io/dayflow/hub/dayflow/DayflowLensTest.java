package io.dayflow.hub.dayflow;

import static io.dayflow.hub.item.Views.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Event;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Task;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.Views;
import io.dayflow.hub.item.When;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DayflowLensTest {

    private final DayflowLens berlin = new DayflowLens(ZoneId.of("Europe/Berlin"), new PlainRecurrence());

    @Test
    void anAllDayEventLiesBetweenLocalMidnights() {
        View row = berlin.project(event("{'title':'Trip','start':'2026-03-28','end':'2026-03-30'}"));
        assertThat(row)
                .isEqualTo(Views.event(
                        "{'title':'Trip','allDay':true,'start':'2026-03-27T23:00:00Z','end':'2026-03-29T22:00:00Z'}"));
    }

    @Test
    void aDayOfAUserWhoMovesStaysThatDay() {
        Event trip = event("{'start':'2026-03-28','end':'2026-03-29'}");
        DayflowLens honolulu = new DayflowLens(ZoneId.of("Pacific/Honolulu"), new PlainRecurrence());
        assertThat(honolulu.project(trip).text("start")).isEqualTo("2026-03-28T10:00:00Z");
        assertThat(honolulu.absorb(trip, honolulu.project(trip))).isEqualTo(trip);
    }

    @Test
    void anAllDayRowOffMidnightCoversTheDaysItTouches() {
        View row = Views.event("{'allDay':true,'start':'2026-03-28T08:00:00Z','end':'2026-03-29T08:00:00Z'}");
        assertThat(berlin.create(row)).isEqualTo(event("{'start':'2026-03-28','end':'2026-03-30'}"));
    }

    @Test
    void aTimeMovedInDayflowIsToldInTheZoneOfItsEvent() {
        Event call = event(
                "{'start':'2026-03-02T09:00:00-05:00[America/New_York]','end':'2026-03-02T10:00:00-05:00[America/New_York]'}");
        Item moved = absorbed(call, "{'start':'2026-03-09T13:00:00Z','end':'2026-03-09T14:30:00Z'}");
        assertThat(moved)
                .isEqualTo(
                        event(
                                "{'start':'2026-03-09T09:00:00-04:00[America/New_York]','end':'2026-03-09T10:30:00-04:00[America/New_York]'}"));
    }

    @Test
    void theEndOfAFlightKeepsItsOwnZone() {
        Event flight = event("{'start':'2026-03-02T09:00:00+01:00[Europe/Berlin]','end':'2026-03-02T10:00:00Z'}");
        Event moved = (Event) absorbed(flight, "{'end':'2026-03-02T11:00:00Z'}");
        assertThat(moved.start()).isEqualTo(flight.start());
        assertThat(moved.end()).isEqualTo(When.parse("2026-03-02T11:00:00Z"));
    }

    @Test
    void aFloatingTimeStaysFloatingWhenItMoves() {
        Event pill = event("{'start':'2026-03-02T09:00:00','end':'2026-03-02T09:15:00'}");
        assertThat(absorbed(pill, "{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T09:15:00Z'}"))
                .isEqualTo(event("{'start':'2026-03-02T10:00:00','end':'2026-03-02T10:15:00'}"));
    }

    @Test
    void anInstantThatNoFloatingTimeMeansGetsTheUsersZone() {
        Event pill = event("{'start':'2026-10-24T02:30:00','end':'2026-10-24T02:45:00'}");
        assertThat(absorbed(pill, "{'start':'2026-10-25T01:30:00Z','end':'2026-10-25T01:45:00Z'}"))
                .isEqualTo(
                        event(
                                "{'start':'2026-10-25T02:30:00+01:00[Europe/Berlin]','end':'2026-10-25T02:45:00+01:00[Europe/Berlin]'}"));
    }

    @Test
    void anEventWithoutLengthIsStoredOneMinuteLongAndGoesBackWithout() {
        Event mark = event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T09:00:00Z'}");
        assertThat(berlin.project(mark).text("end")).isEqualTo("2026-03-02T09:01:00Z");
        assertThat(absorbed(mark, "{'title':'Mark'}"))
                .isEqualTo(event("{'title':'Mark','start':'2026-03-02T09:00:00Z','end':'2026-03-02T09:00:00Z'}"));
        assertThat(absorbed(mark, "{'start':'2026-03-02T10:00:00Z','end':'2026-03-02T10:01:00Z'}"))
                .isEqualTo(event("{'start':'2026-03-02T10:00:00Z','end':'2026-03-02T10:00:00Z'}"));
        assertThat(absorbed(mark, "{'end':'2026-03-02T09:30:00Z'}"))
                .isEqualTo(event("{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T09:30:00Z'}"));
    }

    @Test
    void aRuleThatDayflowCannotSaySurvivesEveryOtherEdit() {
        Event payday = event("{'title':'Payday','start':'2026-03-31','end':'2026-04-01',"
                + "'recurrence':'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'}");
        assertThat(((Event) absorbed(payday, "{'title':'Pay day'}")).recurrence())
                .isEqualTo(payday.recurrence());
        assertThat(((Event) absorbed(payday, "{'recurrence':{'type':'weekly'}}")).recurrence())
                .isEqualTo("FREQ=WEEKLY");
    }

    @Test
    void aRecurrenceSaidInOtherWordsIsNoEdit() {
        Event payday =
                (Event) Item.of(Views.event("{'start':'2026-03-31','recurrence':'FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1'}"));
        assertThat(absorbed(payday, "{'recurrence':{'type':'monthly','interval':1,'endDate':null,'daysOfWeek':[]}}"))
                .isEqualTo(payday);
        assertThat(berlin.canonical(
                                Views.task(
                                        "{'recurrence':{'type':'weekly','daysOfWeek':[5,1,5],'endDate':'2026-04-01T00:00:00.000Z'}}"))
                        .get("recurrence"))
                .isEqualTo(json("{'type':'weekly','endDate':'2026-04-01','daysOfWeek':[1,5]}"));
        assertThat(berlin.canonical(Views.task("{'recurrence':{'type':'none'}}"))
                        .get("recurrence"))
                .isNull();
    }

    @Test
    void aSeriesThatEndsTakesItsExceptionsAlongAndAnotherRuleKeepsThem() {
        Event series = event(SERIES);
        Event single = (Event) berlin.absorb(series, berlin.project(series).with("recurrence", null));
        assertThat(single.recurrence()).isNull();
        assertThat(single.exdates()).isEmpty();
        assertThat(single.overrides()).isEmpty();
        Event weekly = (Event) absorbed(series, "{'recurrence':{'type':'weekly'}}");
        assertThat(weekly.exdates()).isEqualTo(series.exdates());
        assertThat(weekly.overrides()).isEqualTo(series.overrides());
    }

    @Test
    void exceptionsMoveWithTheirSeriesOnItsOwnClock() {
        Event moved = (Event) absorbed(event(SERIES), "{'start':'2026-03-27T09:00:00Z','end':'2026-03-27T10:00:00Z'}");
        assertThat(moved.exdates()).containsExactly(When.parse("2026-03-30T10:00:00+02:00[Europe/Berlin]"));
        assertThat(moved.overrides())
                .containsOnlyKeys(
                        "2026-03-28T10:00:00+01:00[Europe/Berlin]", "2026-03-29T10:00:00+02:00[Europe/Berlin]");
        assertThat(moved.overrides()
                        .get("2026-03-28T10:00:00+01:00[Europe/Berlin]")
                        .start())
                .isEqualTo(When.parse("2026-03-28T10:00:00+01:00[Europe/Berlin]"));
        assertThat(moved.overrides()
                        .get("2026-03-29T10:00:00+02:00[Europe/Berlin]")
                        .start())
                .as("it had been moved to its own time")
                .isEqualTo(When.parse("2026-03-29T20:00:00+02:00[Europe/Berlin]"));
    }

    @Test
    void theEndOfARuleFollowsTheFormOfItsStart() {
        Event series = event(
                "{'start':'2026-03-27T09:00:00+01:00[Europe/Berlin]','end':'2026-03-27T10:00:00+01:00[Europe/Berlin]',"
                        + "'recurrence':'FREQ=DAILY;UNTIL=20260401T070000Z','exdates':['2026-03-29T09:00:00+02:00[Europe/Berlin]']}");
        Event days =
                (Event) absorbed(series, "{'allDay':true,'start':'2026-03-26T23:00:00Z','end':'2026-03-27T23:00:00Z'}");
        assertThat(days.recurrence()).isEqualTo("FREQ=DAILY;UNTIL=20260401");
        assertThat(days.exdates()).containsExactly(When.parse("2026-03-29"));
        Event timed =
                (Event) absorbed(days, "{'allDay':false,'start':'2026-03-27T08:00:00Z','end':'2026-03-27T09:00:00Z'}");
        assertThat(timed.recurrence()).isEqualTo("FREQ=DAILY;UNTIL=20260401T215959Z");
        assertThat(timed.exdates()).isEqualTo(series.exdates());
    }

    @Test
    void theReminderOfARowIsTheNearestBeforeTheStart() {
        Event event = event(
                "{'start':'2026-03-02T09:00:00Z','end':'2026-03-02T10:00:00Z','reminders':["
                        + "{'trigger':'-P1D','action':'email'},{'trigger':'-PT90S'},{'trigger':'PT5M'},{'trigger':'-PT2H','related':'end'}]}");
        assertThat(berlin.project(event).get("reminder").intValue()).isEqualTo(2);
        Event later = (Event) absorbed(event, "{'reminder':10}");
        assertThat(later.reminders())
                .extracting("trigger")
                .containsExactlyInAnyOrder("-P1D", "-PT10M", "PT5M", "-PT2H");
        Event none = (Event) berlin.absorb(event, berlin.project(event).with("reminder", null));
        assertThat(none.reminders()).extracting("trigger").containsExactly("PT5M");
    }

    @Test
    void anAttendeeKeepsRoleAndATentativeAnswerUntilTheAnswerIsChanged() {
        Event event = event(
                "{'start':'2026-03-02','attendees':[{'email':'a@b.c','name':'A','role':'chair','response':'tentative'}]}");
        assertThat(berlin.project(event).get("attendees"))
                .isEqualTo(json("[{'email':'a@b.c','name':'A','status':'pending'}]"));
        assertThat(attendee(event, "{'attendees':[{'email':'A@B.C','name':'Ann','status':'pending'}]}"))
                .isEqualTo(json("[{'email':'a@b.c','name':'Ann','role':'chair','response':'tentative'}]"));
        assertThat(attendee(event, "{'attendees':[{'email':'a@b.c','name':'A','status':'declined'}]}"))
                .isEqualTo(json("[{'email':'a@b.c','name':'A','role':'chair','response':'declined'}]"));
    }

    @Test
    void aPriorityThatNobodySetShowsAsMediumAndStaysUnset() {
        Task task = (Task) Item.of(Views.task("{'title':'Buy milk'}"));
        assertThat(berlin.project(task).text("priority")).isEqualTo("medium");
        assertThat(((Task) absorbed(task, "{'title':'Buy oat milk'}")).priority())
                .isNull();
        assertThat(((Task) absorbed(task, "{'priority':'high'}")).priority()).isEqualTo(Task.Priority.HIGH);
    }

    @Test
    void aDueDateStaysADateAtAnotherMidnightAndADueTimeStaysATime() {
        Task dated = (Task) Item.of(Views.task("{'due':'2026-03-28'}"));
        assertThat(((Task) absorbed(dated, "{'due':'2026-03-29T22:00:00Z'}")).due())
                .isEqualTo(When.parse("2026-03-30"));
        assertThat(((Task) absorbed(dated, "{'due':'2026-03-30T07:00:00Z'}")).due())
                .isEqualTo(When.parse("2026-03-30T09:00:00+02:00[Europe/Berlin]"));
        Task timed = (Task) Item.of(Views.task("{'due':'2026-03-28T12:00:00Z'}"));
        assertThat(((Task) absorbed(timed, "{'due':'2026-03-29T22:00:00Z'}")).due())
                .isEqualTo(When.parse("2026-03-29T22:00:00Z"));
    }

    @Test
    void aRowWithAnUnknownValueIsRefused() {
        assertThatThrownBy(() -> berlin.create(Views.task("{'status':'done'}")))
                .isInstanceOf(InvalidItem.class)
                .hasMessageContaining("\"done\" is none of pending");
        assertThatThrownBy(() -> berlin.create(Views.event("{'title':'When?'}")))
                .isInstanceOf(InvalidItem.class)
                .hasMessage("an event needs a start");
    }

    private static final String SERIES =
            "{'start':'2026-03-27T09:00:00+01:00[Europe/Berlin]','end':'2026-03-27T10:00:00+01:00[Europe/Berlin]',"
                    + "'recurrence':'FREQ=DAILY','exdates':['2026-03-30T09:00:00+02:00[Europe/Berlin]'],'overrides':{"
                    + "'2026-03-28T09:00:00+01:00[Europe/Berlin]':{'title':'Renamed','start':'2026-03-28T09:00:00+01:00[Europe/Berlin]','end':'2026-03-28T10:00:00+01:00[Europe/Berlin]'},"
                    + "'2026-03-29T09:00:00+02:00[Europe/Berlin]':{'start':'2026-03-29T20:00:00+02:00[Europe/Berlin]','end':'2026-03-29T21:00:00+02:00[Europe/Berlin]'}}}";

    /** The item after its row was edited in the given fields. */
    private Item absorbed(Item item, String edit) {
        View row = Views.edited(berlin.project(item), edit);
        Item absorbed = berlin.absorb(item, row);
        assertThat(berlin.project(absorbed)).isEqualTo(berlin.canonical(row));
        return absorbed;
    }

    private JsonNode attendee(Event event, String edit) {
        return absorbed(event, edit).view().get("attendees");
    }

    private static Event event(String json) {
        return (Event) Item.of(Views.event(json));
    }
}

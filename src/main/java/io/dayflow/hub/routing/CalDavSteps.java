package io.dayflow.hub.routing;

import io.dayflow.hub.caldav.CalendarObjects;
import io.dayflow.hub.caldav.Calendars;
import io.dayflow.hub.caldav.Discovery;
import io.dayflow.hub.caldav.Listings;
import io.dayflow.hub.caldav.Pushing;
import io.dayflow.hub.caldav.Reading;
import io.dayflow.hub.caldav.ServiceRecords;
import io.dayflow.hub.caldav.Writing;
import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** The bean {@code caldav}: one method for each step of the routes {@code caldav-…} that is not a call. */
public final class CalDavSteps {

    private final CalendarObjects objects;

    public CalDavSteps(CalendarObjects objects) {
        this.objects = objects;
    }

    public Discovery discovery(@Variable("connection") ConnectionRef connection) {
        return Discovery.of(connection, ServiceRecords::of);
    }

    public Discovery discovered(@Variable("caldavDiscovery") Discovery discovery, @Body Answer answer) {
        return discovery.next(answer);
    }

    public FoundAccount account(
            @Variable("connection") ConnectionRef connection, @Variable("caldavDiscovery") Discovery discovery) {
        return discovery.found(connection);
    }

    public Calendars calendars(@Variable("connection") ConnectionRef connection) {
        return Calendars.of(connection);
    }

    public Calendars calendarsFound(@Variable("caldavCalendars") Calendars calendars, @Body Answer answer) {
        return calendars.next(answer);
    }

    public List<FoundCollection> collections(@Variable("caldavCalendars") Calendars calendars) {
        return calendars.found();
    }

    public boolean hasToken(@Variable("collection") CollectionRef collection) {
        return Listings.hasToken(collection);
    }

    public boolean listsBySync(@Variable("collection") CollectionRef collection) {
        return Listings.bySync(collection);
    }

    public Call changesCall(
            @Variable("connection") ConnectionRef connection, @Variable("collection") CollectionRef collection) {
        return Listings.changesCall(connection, collection);
    }

    public @Nullable Listing changes(@Variable("collection") CollectionRef collection, @Body Answer answer) {
        return Listings.changes(collection, answer);
    }

    public Call everythingCall(
            @Variable("connection") ConnectionRef connection, @Variable("collection") CollectionRef collection) {
        return Listings.everythingCall(connection, collection);
    }

    public @Nullable Listing everything(@Variable("collection") CollectionRef collection, @Body Answer answer) {
        return Listings.everything(collection, answer);
    }

    public Call tagCall(
            @Variable("connection") ConnectionRef connection, @Variable("collection") CollectionRef collection) {
        return Listings.tagCall(connection, collection);
    }

    public String tag(@Body Answer answer) {
        return Listings.tag(answer);
    }

    public boolean unchanged(@Variable("collection") CollectionRef collection, @Variable("caldavTag") String tag) {
        return Listings.unchanged(collection, tag);
    }

    public Listing nothing(@Variable("collection") CollectionRef collection) {
        return Listings.nothing(collection);
    }

    public Call membersCall(
            @Variable("connection") ConnectionRef connection, @Variable("collection") CollectionRef collection) {
        return Listings.membersCall(connection, collection);
    }

    public Listing members(
            @Variable("collection") CollectionRef collection, @Variable("caldavTag") String tag, @Body Answer answer) {
        return Listings.members(collection, tag, answer);
    }

    public Reading reading(
            @Variable("connection") ConnectionRef connection,
            @Variable("collection") CollectionRef collection,
            @Body List<String> paths) {
        return Reading.of(connection, collection, paths);
    }

    public Reading readMany(@Variable("caldavReading") Reading reading, @Body Answer answer) {
        return reading.several(answer);
    }

    public Reading readOne(@Variable("caldavReading") Reading reading, @Body Answer answer) {
        return reading.single(answer);
    }

    public Mapped map(@Variable("collection") CollectionRef collection, @Body Fetched object) {
        return objects.map(collection, object);
    }

    public Pushing pushing(@Body Push push) {
        return Pushing.of(push);
    }

    public Pushing creation(
            @Variable("connection") ConnectionRef connection,
            @Variable("collection") CollectionRef collection,
            @Body Push push) {
        return objects.creation(connection, collection, push);
    }

    public Pushing created(@Variable("caldavPushing") Pushing pushing, @Body Answer answer) {
        return objects.created(pushing, answer);
    }

    public Call twinCall(
            @Variable("connection") ConnectionRef connection,
            @Variable("collection") CollectionRef collection,
            @Variable("caldavPushing") Pushing pushing) {
        return Writing.twinCall(connection, collection, pushing.push());
    }

    public Pushing twin(
            @Variable("collection") CollectionRef collection,
            @Variable("caldavPushing") Pushing pushing,
            @Body Answer answer) {
        return objects.twin(collection, pushing, answer);
    }

    public Call rereadCall(
            @Variable("connection") ConnectionRef connection, @Variable("caldavPushing") Pushing pushing) {
        return objects.rereadCall(connection, pushing);
    }

    public Pushing reread(@Variable("caldavPushing") Pushing pushing, @Body Answer answer) {
        return objects.reread(pushing, answer);
    }

    public Pushing change(
            @Variable("connection") ConnectionRef connection, @Variable("caldavPushing") Pushing pushing) {
        return objects.change(connection, pushing);
    }

    public Pushing changed(@Variable("caldavPushing") Pushing pushing, @Body Answer answer) {
        return objects.changed(pushing, answer);
    }

    public Call removalCall(
            @Variable("connection") ConnectionRef connection, @Variable("caldavPushing") Pushing pushing) {
        return objects.removalCall(connection, pushing);
    }

    public Pushing removed(@Variable("caldavPushing") Pushing pushing, @Body Answer answer) {
        return objects.removed(pushing, answer);
    }

    public Pushed deletion(@Variable("caldavPushing") Pushing pushing) {
        return CalendarObjects.deletion(pushing);
    }
}

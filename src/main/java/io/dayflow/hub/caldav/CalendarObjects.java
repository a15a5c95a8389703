package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calendar objects between their text and the hub's items. Thread-safe. */
public final class CalendarObjects {

    /** What an attendee may not change without the server telling the organizer. */
    private static final List<String> ANSWERS = List.of("attendees", "exdates", "overrides", "status");

    private static final Set<Integer> DELETE_REFUSED = Set.of(400, 403, 404, 405, 409, 410, 412, 422);

    private final ObjectText text;
    private final Clock clock;

    public CalendarObjects(ObjectText text, Clock clock) {
        this.text = text;
        this.clock = clock;
    }

    /** The items of the collection's kind in an object; one that cannot be read is one problem, not a fault. */
    public Mapped map(CollectionRef collection, Fetched object) {
        String payload = object.payload();
        if (payload == null) {
            return new Mapped(object, List.of(), List.of());
        }
        try {
            ObjectText.Contents contents = text.read(payload, collection.kind());
            return new Mapped(object, contents.parts(), contents.problems());
        } catch (FaultException e) {
            return new Mapped(object, List.of(), List.of(new Mapped.Problem("", String.valueOf(e.getMessage()))));
        }
    }

    /** Begins the write of a new item. */
    public Pushing creation(ConnectionRef connection, CollectionRef collection, Push push) {
        View desired = Pushing.required(push.desired(), "a new item has a view");
        boolean silent = Meeting.mustBeSilent(connection);
        String object = text.create(desired, push.uid(), clock.instant(), silent);
        String part = text.read(object, push.kind()).parts().stream()
                .map(Mapped.Part::key)
                .findFirst()
                .orElse(push.uid());
        return Pushing.of(push).with(Writing.creation(connection, collection, push, part, object));
    }

    /** What the server said to a new object; still open if another object has its UID and is to be sought. */
    public Pushing created(Pushing pushing, Answer answer) {
        return pushing.written().outcome(answer).map(pushing::ended).orElse(pushing);
    }

    /** What the server said when asked where the other object with that UID is. */
    public Pushing twin(CollectionRef collection, Pushing pushing, Answer answer) {
        return pushing.ended(Writing.twin(collection, answer));
    }

    /** Asks for the object as it is now. */
    public Call rereadCall(ConnectionRef connection, Pushing pushing) {
        return Requests.get(at(connection, pushing), Set.of(404, 410));
    }

    /** Goes on from the object as it is now, unless someone else has changed it since it was last seen. */
    public Pushing reread(Pushing pushing, Answer answer) {
        Fetched now = Reading.fetched(pushing.path(), answer);
        if (now.payload() == null) {
            return pushing.ended(new Pushed.Gone());
        }
        View before = pushing.push().payload() == null
                ? pushing.push().base()
                : view(pushing.push(), pushing.push().payload());
        if (!Objects.equals(before, view(pushing.push(), now.payload()))) {
            return pushing.ended(new Pushed.Stale(pushing.path()));
        }
        return pushing.seen(now.version(), now.payload());
    }

    /** Begins the write of a changed item; ends at once where the object would stay as it is. */
    public Pushing change(ConnectionRef connection, Pushing pushing) {
        Push push = pushing.push();
        View base = Pushing.required(push.base(), "a change has a base");
        View desired = Pushing.required(push.desired(), "a change has a view to reach");
        Meeting.Role role = Meeting.of(pushing.payload()).role(connection);
        boolean mustBeSilent = Meeting.mustBeSilent(connection);
        if (mustBeSilent && !base.equals(desired)) {
            refuseMail(role, base, desired);
        }
        boolean silent = mustBeSilent && role == Meeting.Role.NOBODY_ELSE;
        String changed = text.patch(pushing.payload(), push.part(), base, desired, clock.instant(), silent);
        if (changed.equals(pushing.payload())) {
            return pushing.ended(new Pushed.Written(pushing.path(), push.part(), push.version(), pushing.payload()));
        }
        return pushing.with(Writing.change(connection, push, pushing.path(), changed));
    }

    /** What the server said to a changed object. */
    public Pushing changed(Pushing pushing, Answer answer) {
        return pushing.written()
                .outcome(answer)
                .map(pushing::ended)
                .orElseThrow(() -> Dav.unreadable("The server's answer to a change makes no sense"));
    }

    /** The request that takes the item away: a deletion, or a change where the object holds other items. */
    public Call removalCall(ConnectionRef connection, Pushing pushing) {
        String payload = pushing.payload();
        boolean silent = Meeting.mustBeSilent(connection);
        if (silent && Meeting.of(payload).role(connection) == Meeting.Role.ORGANIZER) {
            throw Dav.rejected("The server has invited guests to this meeting and would mail them that it is cancelled."
                    + " Delete it there, or allow messages to guests for this connection");
        }
        Optional<String> rest = text.without(payload, pushing.push().part());
        if (rest.isPresent()) {
            return Writing.change(connection, pushing.push(), pushing.path(), rest.get())
                    .call();
        }
        Map<String, String> headers = new HashMap<>();
        String version = pushing.push().version();
        headers.put("If-Match", version == null ? "*" : version);
        if (silent) {
            headers.put("Schedule-Reply", "F");
        }
        return Requests.delete(at(connection, pushing), headers, DELETE_REFUSED);
    }

    /** What the server said to that. */
    public Pushing removed(Pushing pushing, Answer answer) {
        Refusal refusal = Row.is2xx(answer.status()) && answer.status() != 207 ? null : Refusal.of(answer);
        int status = refusal == null ? answer.status() : refusal.status();
        if (refusal == null || status == 404 || status == 410) {
            return pushing.ended(new Pushed.Deleted());
        }
        if (status == 412) {
            return pushing.ended(new Pushed.Stale(pushing.path()));
        }
        throw refusal.rejected();
    }

    /** How a deletion ended: an object that is not there is as good as deleted. */
    public static Pushed deletion(Pushing pushing) {
        return pushing.outcome() instanceof Pushed.Gone
                ? new Pushed.Deleted()
                : Pushing.required(pushing.outcome(), "the deletion has ended");
    }

    private static void refuseMail(Meeting.Role role, View base, View desired) {
        boolean mails = switch (role) {
            case NOBODY_ELSE -> false;
            case ORGANIZER -> true;
            case ATTENDEE -> ANSWERS.stream().anyMatch(field -> !Objects.equals(base.get(field), desired.get(field)));
        };
        if (mails) {
            throw Dav.rejected("The server speaks for the guests of this meeting and would mail them the change."
                    + " Change it there, or allow messages to guests for this connection");
        }
    }

    private @Nullable View view(Push push, String payload) {
        return text.read(payload, push.kind()).parts().stream()
                .filter(part -> part.key().equals(push.part()))
                .map(Mapped.Part::view)
                .findFirst()
                .orElse(null);
    }

    private static URI at(ConnectionRef connection, Pushing pushing) {
        return Href.uri(pushing.path(), Discovery.homes(connection).getFirst());
    }
}

package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Pushed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the outputs of documents into what the core takes. Pure; what is wrong is a {@link MappingFailed}. */
public final class Outputs {

    private static final List<String> KINDS = List.of("event", "task");
    private static final List<String> COVERAGES = List.of("changes", "visible", "everything");
    private static final double PATIENCE = 30;
    private static final double LONGEST_PATIENCE = 86_400;
    private static final Set<String> EVENT_TIME = Set.of("start", "end");

    private Outputs() {}

    /** {@code {account, address?, endpoints?}}; the address is the connection's unless the document names another. */
    public static FoundAccount account(Outcome outcome, ConnectionRef connection) {
        Shape shape = Shape.of(outcome, "an object with account");
        String address = shape.textOrNull("address");
        var account = new FoundAccount(
                shape.text("account"), address == null ? connection.address() : address, shape.texts("endpoints"));
        shape.end();
        return account;
    }

    /** {@code [{externalId, kind, name, readOnly?, attributes?}]}. */
    public static List<FoundCollection> collections(Outcome outcome) {
        return Shape.list(outcome, "a list of collections", shape -> {
            var collection = new FoundCollection(
                    shape.text("externalId"),
                    Kind.of(shape.oneOf("kind", KINDS)),
                    shape.text("name"),
                    shape.flag("readOnly", false),
                    shape.texts("attributes"));
            shape.end();
            return collection;
        });
    }

    /** {@code {entries: [{externalId, version?, gone?, elsewhere?, payload?}], cursor?, more?, coverage}}. */
    public static Listing listing(Outcome outcome) {
        Shape shape = Shape.of(outcome, "an object with entries and coverage");
        List<Listing.Entry> entries = shape.list("entries", "entries", Outputs::entry);
        var listing = new Listing(
                entries,
                shape.textOrNull("cursor"),
                shape.flag("more", false),
                Listing.Coverage.valueOf(shape.oneOf("coverage", COVERAGES).toUpperCase(Locale.ROOT)));
        shape.end();
        return listing;
    }

    private static Listing.Entry entry(Shape shape) {
        var entry = new Listing.Entry(
                shape.text("externalId"),
                shape.textOrNull("version"),
                shape.flag("gone", false),
                shape.flag("elsewhere", false),
                shape.json("payload"));
        shape.end();
        return entry;
    }

    /** {@code [{externalId, version?, payload?}]}. */
    public static List<Fetched> fetched(Outcome outcome) {
        return Shape.list(outcome, "a list of objects as read", shape -> {
            var fetched = new Fetched(shape.text("externalId"), shape.textOrNull("version"), shape.json("payload"));
            shape.end();
            return fetched;
        });
    }

    /**
     * {@code {parts: [{key?, fields, modifiedAt?}], problems?: [{key?, reason}], collection?}}. A part whose fields no item
     * can hold becomes a problem of that part.
     *
     * @param kind of the items
     * @param object what was mapped
     */
    public static Mapped mapped(Outcome outcome, Fetched object, Kind kind) {
        Shape shape = Shape.of(outcome, "an object with parts");
        List<Mapped.Part> parts = new ArrayList<>();
        List<Mapped.Problem> problems = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        shape.list("parts", "parts", part -> {
            String key = keyOf(part);
            if (!keys.add(key)) {
                throw part.wrong("key", "is there twice: \"" + key + "\"; each part has a key of its own");
            }
            Map<String, JsonNode> fields = part.values("fields");
            Instant modifiedAt = part.instantOrNull("modifiedAt");
            part.end();
            try {
                parts.add(new Mapped.Part(key, canonical(kind, fields), modifiedAt));
            } catch (InvalidItem e) {
                MappingFailed refused = outcome.wrong("fields", String.valueOf(e.getMessage()));
                problems.add(new Mapped.Problem(key, String.valueOf(refused.getMessage())));
            }
            return key;
        });
        problems.addAll(shape.listOrNone("problems", "problems", problem -> {
            var read = new Mapped.Problem(keyOf(problem), problem.text("reason"));
            problem.end();
            return read;
        }));
        var mapped = new Mapped(object, parts, problems, shape.textOrNull("collection"));
        shape.end();
        return mapped;
    }

    private static String keyOf(Shape shape) {
        String key = shape.textOrNull("key");
        return key == null ? "" : key;
    }

    /**
     * One of {@code {written: {externalId, part?, version?, payload?}}}, {@code {deleted: true}}, {@code {stale:
     * externalId}}, {@code {gone: true}} and {@code {fault: {kind, message, retryAfter?}}}.
     *
     * @throws FaultException if it is a fault
     */
    public static Pushed pushed(Outcome outcome, Instant now) {
        Shape shape = Shape.of(outcome, "an object with one of written, deleted, stale, gone and fault");
        Pushed pushed;
        if (shape.has("written")) {
            pushed = written(shape.section("written"));
        } else if (shape.flag("deleted", false)) {
            pushed = new Pushed.Deleted();
        } else if (shape.has("stale")) {
            pushed = new Pushed.Stale(shape.text("stale"));
        } else if (shape.flag("gone", false)) {
            pushed = new Pushed.Gone();
        } else if (shape.has("fault")) {
            throw new FaultException(fault(shape.section("fault"), now));
        } else {
            throw outcome.wrong("", "it takes exactly one of written, deleted, stale, gone and fault");
        }
        shape.end();
        return pushed;
    }

    private static Pushed written(Shape shape) {
        String part = shape.textOrNull("part");
        var written = new Pushed.Written(
                shape.text("externalId"), part == null ? "" : part, shape.textOrNull("version"), shape.json("payload"));
        shape.end();
        return written;
    }

    private static Fault fault(Shape shape, Instant now) {
        String kind = shape.oneOf("kind", Fault.KINDS);
        String message = shape.text("message");
        Double asked = shape.numberOrNull("retryAfter");
        shape.end();
        double seconds = Math.clamp(asked == null ? PATIENCE : asked, 0, LONGEST_PATIENCE);
        return switch (kind) {
            case "transient" -> new Fault.Transient(message);
            case "rate_limited" -> new Fault.RateLimited(message, now.plusMillis(Math.round(seconds * 1000)));
            case "needs_reconnect" -> new Fault.NeedsReconnect(message);
            case "rejected" -> new Fault.Rejected(message);
            case "gone" -> new Fault.Gone(message);
            default -> new Fault.Unreadable(message);
        };
    }

    /** {@code [{account?, collection?, externalId, version?, gone?, payload?}]}. */
    public static List<Hint> hints(Outcome outcome) {
        return Shape.list(outcome, "a list of hints", shape -> {
            var hint = new Hint(
                    shape.textOrNull("account"),
                    shape.textOrNull("collection"),
                    shape.text("externalId"),
                    shape.textOrNull("version"),
                    shape.flag("gone", false),
                    shape.json("payload"));
            shape.end();
            return hint;
        });
    }

    /** The fields as an item would hold them, so that equal views are equal whatever a service's order and spelling. */
    static View canonical(Kind kind, Map<String, JsonNode> fields) {
        fields.replaceAll((name, value) -> whole(value));
        View given = View.of(kind, fields);
        View whole = Item.of(given).view();
        if (given.fields().keySet().containsAll(whole.fields().keySet())) {
            return whole;
        }
        Set<String> named = new HashSet<>(given.fields().keySet());
        if (kind == Kind.EVENT) {
            named.addAll(EVENT_TIME);
        }
        return whole.only(named);
    }

    /** Numbers without a fraction as whole numbers: 5.0 is 5. */
    private static JsonNode whole(JsonNode value) {
        if (value.isFloatingPointNumber() && value.doubleValue() == Math.rint(value.doubleValue())) {
            double number = value.doubleValue();
            return Math.abs(number) <= Integer.MAX_VALUE
                    ? IntNode.valueOf((int) number)
                    : LongNode.valueOf((long) number);
        }
        return value;
    }
}

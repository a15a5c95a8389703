package io.dayflow.hub.simulation;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.provider.Listing;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * How a simulated service behaves when nothing is wrong with it.
 *
 * @param fields the canonical fields it holds
 * @param ordered whether of two versions the greater text is the newer one
 * @param identity how it makes one object of a create that is sent twice
 * @param whole what absence from its whole listing means
 * @param incremental whether it lists what changed since a cursor, deletions included
 * @param brings whether its listing brings the objects along
 * @param tellsVersions whether its listing tells versions
 * @param pageSize objects of one page of a listing
 * @param lag milliseconds by which its listings are late
 * @param habits what it makes of values
 * @param coarse how coarsely it holds times, as its lens knows
 * @param patches whether a write sends only what differs; else the whole object
 * @param answersVersion whether it answers a write with the new version
 * @param dates whether it tells when an object was last edited
 * @param webhooks how it tells of changes by itself
 * @param moves whether an object keeps its id in another collection
 */
record Character(
        String name,
        Kind kind,
        Set<String> fields,
        boolean ordered,
        Identity identity,
        Listing.Coverage whole,
        boolean incremental,
        boolean brings,
        boolean tellsVersions,
        int pageSize,
        long lag,
        Set<Habit> habits,
        CoarseLens.Grain coarse,
        boolean patches,
        boolean answersVersion,
        boolean dates,
        Webhooks webhooks,
        boolean moves) {

    /** How a create that is sent twice makes one object. */
    enum Identity {
        /** The hub chooses the object's id. */
        CHOSEN_ID,
        /** The service remembers the request. */
        REMEMBERED,
        /** Objects have a uid, and one that has it is found. */
        UID,
        /** The hub leaves a mark on the object, and looks for it first. */
        MARKED
    }

    /** What a service makes of values, without anybody knowing before. */
    enum Habit {
        TRIMS,
        LOWERS_LABELS,
        CUTS_SECONDS,
        /** A repeating task that is completed is due again. */
        REPEATS
    }

    /** How a service tells of changes. */
    enum Webhooks {
        NONE,
        /** Only that there is something. */
        THIN,
        /** The object and its version. */
        FAT
    }

    private static final List<String> TASK_FIELDS = List.of(
            "title",
            "notes",
            "status",
            "priority",
            "due",
            "start",
            "completedAt",
            "labels",
            "recurrence",
            "estimate",
            "progress");
    private static final List<String> EVENT_FIELDS = List.of(
            "title",
            "description",
            "start",
            "end",
            "location",
            "meetingUrl",
            "attendees",
            "recurrence",
            "exdates",
            "overrides",
            "status",
            "categories");
    private static final Set<String> SERIES = Set.of("recurrence", "exdates", "overrides");

    static Character of(String name, Kind kind, SplittableRandom chance) {
        boolean ordered = chance.nextBoolean();
        boolean brings = chance.nextBoolean();
        Identity identity = Identity.values()[chance.nextInt(Identity.values().length)];
        boolean late = (ordered || !brings) && identity != Identity.CHOSEN_ID && chance.nextInt(3) == 0;
        Listing.Coverage whole = late || chance.nextBoolean() ? Listing.Coverage.VISIBLE : Listing.Coverage.EVERYTHING;
        return new Character(
                name,
                kind,
                fields(kind, identity, chance),
                ordered,
                identity,
                whole,
                chance.nextInt(3) > 0,
                brings,
                chance.nextInt(4) > 0,
                1 + chance.nextInt(6),
                late ? 2_000 + chance.nextLong(30_000) : 0,
                habits(kind, chance),
                chance.nextInt(4) == 0 ? CoarseLens.Grain.MINUTE : CoarseLens.Grain.EXACT,
                chance.nextBoolean(),
                chance.nextInt(4) > 0,
                chance.nextBoolean(),
                Webhooks.values()[chance.nextInt(Webhooks.values().length)],
                whole == Listing.Coverage.VISIBLE && chance.nextBoolean());
    }

    /** Most services hold most of it; some hold little. */
    private static Set<String> fields(Kind kind, Identity identity, SplittableRandom chance) {
        Set<String> fields = new TreeSet<>(kind == Kind.TASK ? TASK_FIELDS : EVENT_FIELDS);
        int poverty = chance.nextInt(3) == 0 ? 40 : 8;
        fields.removeIf(field -> chance.nextInt(100) < poverty);
        fields.add("title");
        if (kind == Kind.TASK) {
            fields.add("status");
        } else {
            fields.addAll(Set.of("start", "end"));
            if (!fields.containsAll(SERIES)) {
                fields.removeAll(SERIES);
            }
        }
        if (identity == Identity.UID) {
            fields.add("uid");
        }
        return fields;
    }

    private static Set<Habit> habits(Kind kind, SplittableRandom chance) {
        Set<Habit> habits = EnumSet.noneOf(Habit.class);
        for (Habit habit : Habit.values()) {
            if (chance.nextInt(4) == 0) {
                habits.add(habit);
            }
        }
        if (kind == Kind.EVENT) {
            habits.remove(Habit.REPEATS);
        }
        return habits;
    }

    Lens lens(ZoneId zone) {
        return new CoarseLens(kind, fields, coarse, zone);
    }

    /** Only what it holds. */
    View held(View view) {
        return view.only(fields);
    }
}

package io.dayflow.hub.sync;

import io.dayflow.hub.item.Abridged;
import io.dayflow.hub.item.InvalidItem;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * From objects that a side showed to agreement: what is new is absorbed, a page at a time, in one transaction with its
 * cursor, the DayFlow rows and the journal.
 */
@Component
public class Inbound {

    private final HubTransaction transaction;
    private final LinkStore store;
    private final AbsorbPage absorb;
    private final Planner planner;
    private final CollectionStore collections;
    private final LetterStore letters;
    private final Leases leases;
    private final JobStore jobs;
    private final RunStatus status;
    private final Wake wake;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Inbound(
            HubTransaction transaction,
            LinkStore store,
            AbsorbPage absorb,
            Planner planner,
            CollectionStore collections,
            LetterStore letters,
            Leases leases,
            JobStore jobs,
            RunStatus status,
            Wake wake,
            Clock clock,
            Supplier<UUID> ids) {
        this.transaction = transaction;
        this.store = store;
        this.absorb = absorb;
        this.planner = planner;
        this.collections = collections;
        this.letters = letters;
        this.leases = leases;
        this.jobs = jobs;
        this.status = status;
        this.wake = wake;
        this.clock = clock;
        this.ids = ids;
    }

    /** What a first look at an object says; the transaction that writes decides anew, under locks. */
    public enum Verdict {
        /** Nobody knows it. */
        NEW,
        /** The side holds what was last agreed. */
        UNCHANGED,
        /** Only the side changed it. */
        CHANGED,
        /** Both sides changed it since they last agreed. */
        CONTESTED,
        /** Some of it cannot be read. */
        UNREADABLE
    }

    /** An object with what a first look at it said. */
    public record Detected(Mapped mapped, Verdict verdict) {}

    /** Every value in it is checked, so that one object that no item can hold is one problem and nothing else. */
    public Mapped checked(Profile profile, Kind kind, Mapped mapped) {
        if (!Abridged.fits(mapped.object().externalId(), DeadLetter.LONGEST_ID)) {
            return unreadable(mapped.object(), "its id is longer than " + DeadLetter.LONGEST_ID + " bytes");
        }
        List<Mapped.Part> parts = new ArrayList<>();
        List<Mapped.Problem> problems = new ArrayList<>(mapped.problems());
        for (Mapped.Part part : mapped.parts()) {
            String uid = Objects.requireNonNullElse(part.view().text("uid"), "");
            if (!Abridged.fits(part.key(), DeadLetter.LONGEST_PART) || !Abridged.fits(uid, DeadLetter.LONGEST_PART)) {
                problems.add(
                        new Mapped.Problem(part.key(), "its UID is longer than " + DeadLetter.LONGEST_PART + " bytes"));
                continue;
            }
            try {
                profile.lens(kind).create(part.view());
            } catch (InvalidItem e) {
                problems.add(new Mapped.Problem(part.key(), e.getMessage()));
                continue;
            }
            if (planner.holds(part.view())) {
                parts.add(part);
            } else {
                problems.add(new Mapped.Problem(
                        part.key(), "its title and description have more different words than DayFlow's search takes"));
            }
        }
        return new Mapped(mapped.object(), parts, problems, mapped.collection());
    }

    /** The tick to ask for before objects are read, see {@link Page}. */
    public long tick() {
        return store.tick();
    }

    /** What is known of these objects, as {@link #detect} wants it. */
    public Map<String, List<Link>> known(Profile profile, List<Fetched> objects) {
        return store
                .find(
                        profile.connection().id(),
                        objects.stream().map(Fetched::externalId).toList())
                .stream()
                .collect(Collectors.groupingBy(Link::externalId));
    }

    /** Compares an object with what is known of it: the detection of conflicts. */
    public Detected detect(Profile profile, Kind kind, Mapped mapped, Map<String, List<Link>> known) {
        Mapped checked = checked(profile, kind, mapped);
        if (!checked.problems().isEmpty()) {
            return new Detected(checked, Verdict.UNREADABLE);
        }
        List<Link> links = known.getOrDefault(mapped.object().externalId(), List.of());
        if (links.isEmpty()) {
            return new Detected(checked, Verdict.NEW);
        }
        Verdict verdict = Verdict.UNCHANGED;
        for (Mapped.Part part : checked.parts()) {
            Link link = links.stream()
                    .filter(l -> l.part().equals(part.key()))
                    .findFirst()
                    .orElse(null);
            if (link == null) {
                return new Detected(checked, Verdict.NEW);
            }
            if (part.view().equals(link.base())) {
                continue;
            }
            verdict = link.pending() ? Verdict.CONTESTED : Verdict.CHANGED;
        }
        return new Detected(checked, verdict);
    }

    /**
     * Absorbs a page.
     *
     * @param lease on what the caller works under
     * @param jobId the job to count for, if there is one
     * @return ids of objects that have to be seen again, so that no cursor may move past them
     * @throws LeaseLost if somebody else works on it now; nothing is written then
     */
    public Set<String> write(
            Lease lease, Profile profile, CollectionRef collection, Page page, @Nullable UUID jobId, String cause) {
        return transaction.run(() -> {
            leases.fence(lease);
            UUID userId = profile.connection().userId();
            String why = page.visit().audits() ? Sweep.CAUSE : cause;
            Context context = new Context(userId, planner.zone(userId), planner, clock.instant(), ids, jobId, why);
            Homes homes = new Homes(
                    collection, () -> collections.homes(profile.connection().id(), collection.kind()));
            WriteSet out = absorb.decide(context, profile, collection, homes, page, book -> {});
            store(profile, collection, page, out);
            if (jobId != null) {
                jobs.add(jobId, out.counts(), page.objects().size());
            }
            return out.left();
        });
    }

    private void store(Profile profile, CollectionRef collection, Page page, WriteSet out) {
        planner.write(out.rows());
        store.apply(out);
        if (out.counts().containsKey(Count.PUSHED)) {
            status.pushed(profile.connection().id());
        }
        if (page.cursor() != null && out.left().isEmpty()) {
            collections.advance(collection, page.cursor());
        }
        readAgain(profile, collection, out);
        boolean pushes =
                Stream.concat(out.links().stream(), out.newLinks().stream()).anyMatch(Link::pending);
        if (pushes && profile.pushes()) {
            wake.pushes();
        }
    }

    /**
     * Where the collection was rewound since these objects were read, their dead letters may be among those that somebody
     * wants to be tried again, and this was not it: they are read anew. Asked after the letters were written, so that whoever
     * rewinds and has them locked has committed by now, or comes after this.
     */
    private void readAgain(Profile profile, CollectionRef collection, WriteSet out) {
        Set<String> unread = out.deadLetters().stream()
                .filter(letter -> letter.direction() == DeadLetter.Direction.INBOUND)
                .map(DeadLetter::externalId)
                .collect(Collectors.toSet());
        if (!unread.isEmpty() && collections.isRewound(collection)) {
            letters.forgetVersions(profile.connection().id(), unread);
        }
    }

    /** An object of which nothing could be made. */
    public static Mapped unreadable(Fetched object, String reason) {
        return new Mapped(object, List.of(), List.of(new Mapped.Problem("", reason)));
    }
}

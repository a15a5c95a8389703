package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Count;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.Turn;
import io.dayflow.hub.link.WriteSet;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.Pushed;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of a link when its push was answered, or failed. */
@Component
public class PushOutcomes {

    private static final Logger log = LoggerFactory.getLogger(PushOutcomes.class);

    private final RandomGenerator chance;
    private final HubTransaction transaction;
    private final LinkStore store;
    private final PushDesk desk;
    private final Planner planner;
    private final Leases leases;
    private final JobStore jobs;
    private final RunStatus status;
    private final SyncSettings settings;
    private final Clock clock;
    private final Supplier<UUID> ids;

    PushOutcomes(
            RandomGenerator chance,
            HubTransaction transaction,
            LinkStore store,
            PushDesk desk,
            Planner planner,
            Leases leases,
            JobStore jobs,
            RunStatus status,
            SyncSettings settings,
            Clock clock,
            Supplier<UUID> ids) {
        this.chance = chance;
        this.transaction = transaction;
        this.store = store;
        this.desk = desk;
        this.planner = planner;
        this.leases = leases;
        this.jobs = jobs;
        this.status = status;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The side answered a write.
     *
     * @return where the side must be looked at before the next attempt, if it must
     */
    public Optional<String> confirm(Pushes.Batch batch, PushTask.Write task, Pushed pushed) {
        return transaction.run(() -> {
            leases.fence(batch.lease());
            WriteSet out = new WriteSet();
            Optional<String> look = desk.open(batch, task.linkId()).flatMap(open -> {
                Optional<String> place = confirm(batch, open.book(), open.link(), task, pushed, out);
                open.book().close(out, open.link().id());
                return place;
            });
            planner.write(out.rows());
            store.apply(out);
            if (out.counts().containsKey(Count.PUSHED)) {
                status.pushed(batch.profile().connection().id());
            }
            if (batch.jobId() != null) {
                jobs.add(batch.jobId(), out.counts(), 0);
            }
            return look;
        });
    }

    private Optional<String> confirm(
            Pushes.Batch batch, ItemBook book, Link link, PushTask.Write task, Pushed pushed, WriteSet out) {
        View before = task.push().base();
        View desired = task.push().desired();
        if (link.base() == null && isKnownAsAnother(batch, book, task, pushed)) {
            Fault fault =
                    new Fault.Rejected("The service made this before, and what it made is known as another item.");
            out.park(letter(batch, book, link, fault));
            out.count(Count.FAILED);
            book.put(link.unsent().parked(book.stored().revision()));
            return Optional.empty();
        }
        return switch (pushed) {
            case Pushed.Written written -> {
                boolean seenMeanwhile = !Objects.equals(link.base(), before) && link.version() != null;
                if (seenMeanwhile) {
                    // a poll was faster and knows more than this answer
                    book.put(link.withPending(true));
                    yield Optional.empty();
                }
                View held = Objects.requireNonNull(desired);
                book.leaves(link, written.externalId());
                Link now =
                        link.written(written.externalId(), written.part(), written.version(), held, written.payload());
                if (before != null) {
                    now = now.noting(Turn.of(book.context().now(), Turn.By.HUB, before, held));
                }
                boolean stale = book.stored().revision() != task.revision();
                // a poll that saw another version, and the same in it, may have seen what came of this write
                boolean undone = link.base() != null
                        && !Objects.equals(link.version(), task.push().version());
                book.put(now.withPending(stale));
                out.journal(entry(book, batch, before, held));
                out.count(Count.PUSHED);
                out.readable(
                        batch.profile().connection().id(),
                        DeadLetter.Direction.OUTBOUND,
                        RefusedPush.place(book, link));
                yield written.version() == null || undone ? Optional.of(written.externalId()) : Optional.empty();
            }
            case Pushed.Deleted deleted -> {
                // DayFlow's row may have been put back meanwhile
                book.put(book.isDeleted() ? link.ended(book.context().now()) : link.forgotten());
                out.journal(entry(book, batch, before, null));
                out.count(Count.PUSHED);
                yield Optional.empty();
            }
            case Pushed.Stale stale -> {
                if (link.base() == null) {
                    // where the copy lies now, wherever one before it lay
                    book.leaves(link, stale.externalId());
                    book.put(link.at(stale.externalId(), task.push().uid()));
                }
                yield Optional.of(stale.externalId());
            }
            case Pushed.Gone gone -> {
                Reconcile.gone(book, link, batch.profile(), book.context().now());
                yield Optional.empty();
            }
        };
    }

    /** A create was answered late, after what it made was edited, so that nobody could tell, and taken for something new. */
    private boolean isKnownAsAnother(Pushes.Batch batch, ItemBook book, PushTask.Write task, Pushed pushed) {
        record Place(String externalId, String part) {}
        Place place = switch (pushed) {
            case Pushed.Written written -> new Place(written.externalId(), written.part());
            case Pushed.Stale stale -> new Place(stale.externalId(), task.push().uid());
            case Pushed.Deleted deleted -> null;
            case Pushed.Gone gone -> null;
        };
        return place != null
                && store.find(batch.profile().connection().id(), List.of(place.externalId())).stream()
                        .anyMatch(link -> !link.itemId().equals(book.id())
                                && (link.part().isEmpty() || link.part().equals(place.part())));
    }

    /** A write failed: waits, parks, or stops the connection's pushes, as the fault asks for. True if others may go on. */
    public boolean failed(Pushes.Batch batch, UUID linkId, Fault fault) {
        UUID connectionId = batch.profile().connection().id();
        return transaction.run(() -> {
            leases.fence(batch.lease());
            WriteSet out = new WriteSet();
            boolean goOn = desk.open(batch, linkId)
                    .map(open -> {
                        boolean others = failed(batch, open.book(), open.link(), fault, out);
                        open.book().close(out, open.link().id());
                        return others;
                    })
                    .orElse(true);
            store.apply(out);
            if (!goOn) {
                status.failed(connectionId, fault);
            } else if (!out.deadLetters().isEmpty()) {
                status.pushed(connectionId);
            }
            if (batch.jobId() != null) {
                jobs.add(batch.jobId(), out.counts(), 0);
            }
            log.warn("push failed: {}: {}", fault.kind(), fault.message());
            return goOn;
        });
    }

    private boolean failed(Pushes.Batch batch, ItemBook book, Link link, Fault fault, WriteSet out) {
        boolean givenUp = switch (fault) {
            case Fault.Rejected f -> true;
            case Fault.Gone f -> true;
            case Fault.Unreadable f -> link.attempts() + 1 >= settings.attempts();
            case Fault.Transient f -> false;
            case Fault.RateLimited f -> false;
            case Fault.NeedsReconnect f -> false;
        };
        if (givenUp && book.isChanged()) {
            // what was refused is no longer what the item says
            book.put(link.unparked());
            return true;
        }
        if (givenUp) {
            out.park(letter(batch, book, link, fault));
            out.count(Count.FAILED);
            Link known = fault instanceof Fault.Unreadable ? link : link.unsent();
            book.put(known.parked(book.stored().revision()));
            return true;
        }
        book.put(link.retryAt(clock.instant()
                .plus(BackOff.of(chance, settings.retryDelay(), settings.retryLongest(), link.attempts()))));
        return fault instanceof Fault.Unreadable;
    }

    private DeadLetter letter(Pushes.Batch batch, ItemBook book, Link link, Fault fault) {
        return RefusedPush.letter(ids.get(), batch, book, link, fault.kind(), fault.message());
    }

    private static JournalEntry entry(ItemBook book, Pushes.Batch batch, @Nullable View before, @Nullable View after) {
        return new JournalEntry(
                book.context().now(),
                book.context().userId(),
                batch.jobId(),
                book.id(),
                batch.profile().connection().id(),
                before,
                after,
                "push");
    }
}

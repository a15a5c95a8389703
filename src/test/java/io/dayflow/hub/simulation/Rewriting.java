package io.dayflow.hub.simulation;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.WriteSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Makes another set of writes of one: what a mistaken hub would have stored. */
final class Rewriting {

    private UnaryOperator<Link> links = link -> link;
    private UnaryOperator<StoredItem> items = item -> item;
    private Predicate<OpenConflict> conflicts = conflict -> true;
    private Predicate<JournalEntry> journal = entry -> true;
    private Predicate<DeadLetter> letters = letter -> true;

    Rewriting links(UnaryOperator<Link> change) {
        links = change;
        return this;
    }

    Rewriting items(UnaryOperator<StoredItem> change) {
        items = change;
        return this;
    }

    Rewriting conflicts(Predicate<OpenConflict> kept) {
        conflicts = kept;
        return this;
    }

    Rewriting journal(Predicate<JournalEntry> kept) {
        journal = kept;
        return this;
    }

    Rewriting letters(Predicate<DeadLetter> kept) {
        letters = kept;
        return this;
    }

    WriteSet of(WriteSet writes) {
        WriteSet out = new WriteSet();
        writes.newItems().forEach(item -> out.insert(items.apply(item)));
        writes.items().forEach(item -> out.update(items.apply(item)));
        writes.newLinks().forEach(link -> out.insert(links.apply(link)));
        writes.links().forEach(link -> out.update(links.apply(link)));
        writes.closedConflicts().forEach(out::close);
        writes.conflicts().stream().filter(conflicts).forEach(out::open);
        writes.decidedConflicts().forEach((conflict, resolution) -> {
            if (conflicts.test(conflict)) {
                out.decide(conflict, resolution);
            }
        });
        writes.journal().stream().filter(journal).forEach(out::journal);
        writes.readable().forEach(place -> out.readable(place.connectionId(), place.direction(), place.externalId()));
        writes.deadLetters().stream().filter(letters).forEach(out::park);
        return out;
    }
}

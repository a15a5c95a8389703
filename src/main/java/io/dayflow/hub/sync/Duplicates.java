package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.FirstContact;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Paths;
import io.dayflow.hub.provider.CollectionRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Two items that might be one: whether they are, and else what a person is shown, every field in which they differ. */
final class Duplicates {

    private Duplicates() {}

    /**
     * Two items meet that might be one: adopted if they agree in every field, else a person says.
     *
     * @return whether they are one
     */
    static boolean meet(ItemBook book, Seen seen, Profile profile, CollectionRef home) {
        UUID connectionId = profile.connection().id();
        Context context = book.context();
        View ours = profile.lens(book.kind()).project(book.item());
        Optional<Link> known = book.link(connectionId);
        Link now = known.orElseGet(() -> Link.fresh(context.ids().get(), book.id(), connectionId, home.id()))
                .inCollection(home.id())
                .seen(seen.externalId(), seen.part(), seen.version(), seen.view(), seen.extras());
        boolean agreed = FirstContact.agree(ours, seen.view()) || sameRow(book, seen, profile);
        if (!agreed) {
            now = now.withState(Link.State.DUPLICATE, null);
        }
        if (known.isPresent()) {
            book.put(now);
        } else {
            book.addLink(now);
        }
        if (agreed) {
            // an identity that only the service knows is taken along without being an edit
            book.become(profile.lens(book.kind()).absorb(book.item(), seen.view()), context.now());
            book.closeConflict(now, "settled: they agree");
        } else {
            book.openConflict(conflict(book, now, profile, ours, seen.view()));
        }
        return agreed;
    }

    /** The item changed while it is asked whether they are one. */
    static void reconsider(ItemBook book, Link link, Profile profile) {
        View theirs = Objects.requireNonNull(link.base());
        View ours = profile.lens(book.kind()).project(book.item());
        if (FirstContact.agree(ours, theirs)) {
            book.put(link.seen(link.externalId(), link.part(), link.version(), theirs, link.extras()));
            book.closeConflict(link, "settled: they agree");
        } else {
            book.openConflict(conflict(book, link, profile, ours, theirs));
        }
    }

    /**
     * Whether an item that only DayFlow holds so far would be the very same row as the service tells it: what DayFlow
     * cannot say (a zone, the details of a rule) the hub made up for it, and gives way.
     */
    private static boolean sameRow(ItemBook book, Seen seen, Profile profile) {
        UUID connectionId = profile.connection().id();
        boolean onlyHere = book.stored().origin() == null
                && book.links().stream()
                        .allMatch(link -> link.connectionId() == null || connectionId.equals(link.connectionId()));
        Lens row = book.context().planner().lens(book.kind(), book.context().zone());
        Item theirs = profile.lens(book.kind()).absorb(book.item(), seen.view());
        return onlyHere && row.project(theirs).equals(row.project(book.item()));
    }

    private static OpenConflict conflict(ItemBook book, Link link, Profile profile, View ours, View theirs) {
        Map<String, JsonNode> here = Paths.flatten(ours);
        Map<String, JsonNode> there = Paths.flatten(theirs);
        TreeSet<String> paths = new TreeSet<>(here.keySet());
        paths.addAll(there.keySet());
        List<OpenConflict.Field> fields = paths.stream()
                .filter(path -> !Objects.equals(here.get(path), there.get(path)))
                .map(path -> new OpenConflict.Field(path, null, here.get(path), there.get(path), null))
                .toList();
        return Questions.conflict(book, link, profile, OpenConflict.Type.DUPLICATE, fields);
    }
}

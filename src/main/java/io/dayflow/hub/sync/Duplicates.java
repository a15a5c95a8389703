package io.dayflow.hub.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.Paths;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What a person is shown of two items that might be one: every field in which they differ. */
final class Duplicates {

    private Duplicates() {}

    static OpenConflict conflict(ItemBook book, Link link, Profile profile, View ours, Seen seen) {
        Map<String, JsonNode> here = Paths.flatten(ours);
        Map<String, JsonNode> there = Paths.flatten(seen.view());
        TreeSet<String> paths = new TreeSet<>(here.keySet());
        paths.addAll(there.keySet());
        List<OpenConflict.Field> fields = paths.stream()
                .filter(path -> !Objects.equals(here.get(path), there.get(path)))
                .map(path -> new OpenConflict.Field(path, null, here.get(path), there.get(path), null))
                .toList();
        return Reconcile.conflict(book, link, profile, OpenConflict.Type.DUPLICATE, fields);
    }
}

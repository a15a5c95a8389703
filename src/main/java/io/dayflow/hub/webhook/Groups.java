package io.dayflow.hub.webhook;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Puts objects of one collection together, so that one request and one transaction serve many. */
final class Groups {

    private Groups() {}

    /**
     * @param size the most objects of one group
     * @param tick the one before what is known was read
     */
    static List<Hints.Group> of(
            Map<Wish, Decision> decisions,
            Map<String, List<Link>> known,
            Map<UUID, String> payloads,
            int size,
            long tick) {
        Map<CollectionRef, List<Map.Entry<Wish, Decision>>> byCollection = new LinkedHashMap<>();
        decisions.entrySet().forEach(entry -> {
            switch (entry.getValue()) {
                case Decision.Drop drop -> {}
                case Decision.Use use -> add(byCollection, use.collection(), entry);
                case Decision.Look look -> add(byCollection, look.collection(), entry);
            }
        });
        List<Hints.Group> groups = new ArrayList<>();
        byCollection.forEach((collection, entries) -> {
            for (int from = 0; from < entries.size(); from += size) {
                groups.add(group(
                        collection,
                        entries.subList(from, Math.min(entries.size(), from + size)),
                        known,
                        payloads,
                        tick));
            }
        });
        return groups;
    }

    private static void add(
            Map<CollectionRef, List<Map.Entry<Wish, Decision>>> byCollection,
            CollectionRef collection,
            Map.Entry<Wish, Decision> entry) {
        byCollection.computeIfAbsent(collection, ref -> new ArrayList<>()).add(entry);
    }

    private static Hints.Group group(
            CollectionRef collection,
            List<Map.Entry<Wish, Decision>> entries,
            Map<String, List<Link>> known,
            Map<UUID, String> payloads,
            long tick) {
        List<String> looks = new ArrayList<>();
        List<Fetched> brought = new ArrayList<>();
        Map<String, Set<UUID>> hints = new HashMap<>();
        Map<String, Set<String>> seen = new HashMap<>();
        int attempts = 0;
        for (Map.Entry<Wish, Decision> entry : entries) {
            Wish wish = entry.getKey();
            String payload = entry.getValue() instanceof Decision.Use use ? payloads.get(use.hint()) : null;
            if (entry.getValue() instanceof Decision.Use use && payload != null) {
                brought.add(new Fetched(wish.externalId(), use.version(), payload));
            } else {
                looks.add(wish.externalId());
            }
            hints.put(wish.externalId(), wish.hints());
            seen.put(wish.externalId(), seen(known.getOrDefault(wish.externalId(), List.of())));
            attempts = Math.max(attempts, wish.attempts());
        }
        return new Hints.Group(collection, looks, brought, hints, seen, attempts, tick);
    }

    /** What the hub knows of an object, in words that differ whenever its knowledge does. */
    static Set<String> seen(List<Link> links) {
        return links.stream()
                .map(link -> link.id() + " " + link.state() + " " + link.version() + " " + link.base())
                .collect(Collectors.toUnmodifiableSet());
    }
}

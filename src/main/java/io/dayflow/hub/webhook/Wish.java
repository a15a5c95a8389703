package io.dayflow.hub.webhook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that was said about one object, as one. In what order it was said, and how often, makes no difference.
 *
 * @param hints all of them
 * @param collection where the newest of them says that the object is; null where none says
 * @param version the newest version that was named; null where none was
 * @param use the hint whose payload says all that the others say; null where the object must be looked at
 * @param onlyGone whether all of them say that the object is gone
 * @param anyGone whether one of them says so
 * @param unversioned whether one of them does not say of which version it speaks
 * @param attempts how often work on them failed
 */
record Wish(
        String externalId,
        Set<UUID> hints,
        @Nullable String collection,
        @Nullable String version,
        @Nullable UUID use,
        boolean onlyGone,
        boolean anyGone,
        boolean unversioned,
        int attempts) {

    private static final Comparator<@Nullable String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    /** By version, then by what they say, so that of two of the same version the same one is newest in any order. */
    private static final Comparator<WaitingHint> AGE = Comparator.comparing(WaitingHint::version, TEXT)
            .thenComparing(WaitingHint::fat)
            .thenComparing(WaitingHint::collection, TEXT)
            .thenComparing(WaitingHint::id);

    /**
     * One wish for each object, those that have waited longest first.
     *
     * @param ordered whether of two versions the greater text is the newer one. Else nothing is used without a look
     */
    static List<Wish> of(List<WaitingHint> hints, boolean ordered) {
        Map<String, List<WaitingHint>> byObject = hints.stream()
                .collect(Collectors.groupingBy(WaitingHint::externalId, LinkedHashMap::new, Collectors.toList()));
        List<Wish> wishes = new ArrayList<>();
        byObject.forEach((externalId, all) -> wishes.add(of(externalId, all, ordered)));
        return wishes;
    }

    private static Wish of(String externalId, List<WaitingHint> hints, boolean ordered) {
        WaitingHint newest = hints.stream().max(AGE).orElseThrow();
        boolean anyGone = hints.stream().anyMatch(WaitingHint::gone);
        boolean unversioned = hints.stream().anyMatch(hint -> hint.version() == null);
        boolean suffices = ordered && newest.fat() && !anyGone && !unversioned;
        return new Wish(
                externalId,
                hints.stream().map(WaitingHint::id).collect(Collectors.toUnmodifiableSet()),
                newest.collection() != null ? newest.collection() : named(hints),
                newest.version(),
                suffices ? newest.id() : null,
                hints.stream().allMatch(WaitingHint::gone),
                anyGone,
                unversioned,
                hints.stream().mapToInt(WaitingHint::attempts).max().orElse(0));
    }

    private static @Nullable String named(List<WaitingHint> hints) {
        return hints.stream()
                .filter(hint -> hint.collection() != null)
                .max(AGE)
                .map(WaitingHint::collection)
                .orElse(null);
    }
}

package io.dayflow.hub.merge;

import java.util.Collection;
import java.util.Comparator;

/** Which strategy holds for which field: one for all of them ({@link Strategy}), or some of their own. Pure. */
public sealed interface Strategies permits Strategy, FieldStrategies {

    /** The name under which the deletion of an item that the other side edited stands among the fields. */
    String DELETED = "deleted";

    /**
     * The strategy of the field that a path lies in.
     *
     * @param path a path of {@link Paths}, or {@link #DELETED}
     */
    Strategy at(String path);

    /**
     * The strategy of paths that cannot be decided one by one: the one that gives way least, so that nothing is settled
     * unasked that its user wants to be asked about. Those are, in this order: {@code manual}, {@code dayflow},
     * {@code source}, {@code latest}, {@code merge}.
     *
     * @param paths at least one
     */
    default Strategy together(Collection<String> paths) {
        return paths.stream()
                .map(this::at)
                .min(Comparator.comparing(Strategy::leniency))
                .orElseThrow(() -> new IllegalArgumentException("no paths have no strategy"));
    }
}

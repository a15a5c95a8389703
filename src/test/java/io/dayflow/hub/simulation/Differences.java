package io.dayflow.hub.simulation;

import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Difference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What distinguishes two views, in words. */
final class Differences {

    private Differences() {}

    static String of(@Nullable View before, @Nullable View after) {
        if (before == null) {
            return after == null ? "nothing" : "new " + after.fields();
        }
        if (after == null) {
            return "gone";
        }
        return Difference.between(before, after).parts().stream()
                .map(part -> part.path() + " " + part.before() + " -> " + part.after())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}

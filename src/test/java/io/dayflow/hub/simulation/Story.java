package io.dayflow.hub.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, in words, for those who read why a law was broken. Costs nothing while nobody listens. */
final class Story {

    private final Timeline timeline;
    private final boolean told;
    private final List<String> lines = new ArrayList<>();

    Story(Timeline timeline, boolean told) {
        this.timeline = timeline;
        this.told = told;
    }

    void tell(Supplier<String> line) {
        if (told) {
            long now = timeline.now();
            lines.add("%3d:%02d.%03d  %s".formatted(now / 60_000, now / 1000 % 60, now % 1000, line.get()));
        }
    }

    List<String> lines() {
        return lines;
    }
}

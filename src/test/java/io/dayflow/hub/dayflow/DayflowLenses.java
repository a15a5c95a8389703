package io.dayflow.hub.dayflow;

import java.time.ZoneId;

/** DayFlow's lens for tests of other packages. */
public final class DayflowLenses {

    private DayflowLenses() {}

    /** As the hub's own is, for a user who lives there. */
    public static DayflowLens in(ZoneId zone) {
        return new DayflowLens(zone, new RuleForm());
    }
}

package io.dayflow.hub.link;

import io.dayflow.hub.item.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last changes of a copy, oldest first: how two writers that keep taking each other back are told from an edit. */
public record Trail(List<Turn> turns) {

    /** How many changes are remembered; a setting that counts flips can ask for no more. */
    public static final int LENGTH = 24;

    public static final Trail EMPTY = new Trail(List.of());

    public Trail {
        turns = List.copyOf(turns);
    }

    /** With one more change, and without the oldest one if there are too many. */
    public Trail with(Turn turn) {
        List<Turn> all = new ArrayList<>(turns);
        all.add(turn);
        return new Trail(all.subList(Math.max(0, all.size() - LENGTH), all.size()));
    }

    /**
     * How often, since then, one side took back exactly what the other had just done. Edits that lead to something new are
     * none, and neither are those of one side alone, however often it goes to and fro.
     */
    public int flips(Instant since) {
        int flips = 0;
        for (int i = 1; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (!turn.at().isBefore(since) && turn.takesBack(turns.get(i - 1))) {
                flips++;
            }
        }
        return flips;
    }

    /**
     * Whether a copy that holds this again has lost the hub's last write: nothing came after that write, it is older than
     * {@code before}, and this is what it replaced.
     *
     * @param written what the hub wrote
     */
    public boolean isLost(View written, View seen, Instant before) {
        if (turns.isEmpty()) {
            return false;
        }
        Turn last = turns.getLast();
        return last.by() == Turn.By.HUB
                && last.at().isBefore(before)
                && last.to().equals(Turn.fingerprint(written))
                && last.from().equals(Turn.fingerprint(seen));
    }
}

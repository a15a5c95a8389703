package io.dayflow.hub.simulation;

import java.util.ArrayList;
import java.util.List;

/** Finds a short plan that still breaks the same law, by leaving out ever smaller parts (delta debugging). */
final class Shrinker {

    private static final int BUDGET = 400;

    private final Planted planted;
    private final Law law;
    private int plays;

    private Shrinker(Planted planted, Law law) {
        this.planted = planted;
        this.law = law;
    }

    /** The shortest plan that was found; the given one where no part can be left out. */
    static Plan shrink(Plan failing, Planted planted, Law law) {
        return new Shrinker(planted, law).shrink(failing);
    }

    private Plan shrink(Plan failing) {
        List<Happening> kept = failing.happenings();
        int parts = 2;
        while (kept.size() > 1 && plays < BUDGET) {
            List<Happening> shorter = shorter(failing, kept, parts);
            if (shorter != null) {
                kept = shorter;
                parts = Math.max(2, parts - 1);
            } else if (parts >= kept.size()) {
                break;
            } else {
                parts = Math.min(kept.size(), parts * 2);
            }
        }
        return failing.only(kept);
    }

    private @org.jspecify.annotations.Nullable List<Happening> shorter(Plan failing, List<Happening> kept, int parts) {
        int size = (kept.size() + parts - 1) / parts;
        for (int from = 0; from < kept.size() && plays < BUDGET; from += size) {
            List<Happening> rest = new ArrayList<>(kept.subList(0, from));
            rest.addAll(kept.subList(Math.min(kept.size(), from + size), kept.size()));
            plays++;
            BrokenLaw broken = Simulation.play(failing.only(rest), planted).broken();
            if (broken != null && broken.law() == law) {
                return rest;
            }
        }
        return null;
    }
}

package io.dayflow.hub.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people did, and what each of them saw when they did it: the measure of whether anything was lost. Knows nothing of the
 * hub.
 */
final class Ledger {

    /**
     * One edit of one object by a person.
     *
     * @param object its id on that side
     * @param saw the marks that the object had
     * @param wrote marks that came with it
     * @param took marks that went with it
     * @param left marks that stayed in fields that it changed
     */
    record Deed(
            long at,
            String side,
            String object,
            Kind kind,
            Set<String> saw,
            Set<String> wrote,
            Set<String> took,
            Set<String> left) {}

    enum Kind {
        CREATE,
        EDIT,
        DELETE
    }

    private final List<Deed> deeds = new ArrayList<>();
    private final Map<String, Deed> written = new LinkedHashMap<>();
    private final Map<String, Deed> taken = new LinkedHashMap<>();
    private final Set<String> twins = new TreeSet<>();
    private final Set<String> ambiguous = new TreeSet<>();

    void created(long at, String side, String object, Set<String> after) {
        note(at, side, object, Kind.CREATE, Set.of(), after, Set.of());
    }

    void edited(long at, String side, String object, Set<String> before, Set<String> after, Set<String> left) {
        note(at, side, object, Kind.EDIT, before, after, left);
    }

    void deleted(long at, String side, String object, Set<String> before) {
        note(at, side, object, Kind.DELETE, before, Set.of(), Set.of());
    }

    /** A person made one thing on two sides, so that its marks may stand twice on one. */
    void twins(Set<String> marks) {
        twins.addAll(marks);
    }

    boolean isTwin(String mark) {
        return twins.contains(mark);
    }

    /** Whether these were taken away, or never came, cannot be told by anybody but who did it. */
    void ambiguous(Set<String> marks) {
        ambiguous.addAll(marks);
    }

    boolean isAmbiguous(String mark) {
        return ambiguous.contains(mark);
    }

    private void note(
            long at, String side, String object, Kind kind, Set<String> before, Set<String> after, Set<String> left) {
        Set<String> wrote = new TreeSet<>(after);
        wrote.removeAll(before);
        Set<String> took = new TreeSet<>(before);
        took.removeAll(after);
        Deed deed = new Deed(at, side, object, kind, before, wrote, took, left);
        deeds.add(deed);
        wrote.forEach(mark -> written.putIfAbsent(mark, deed));
        took.forEach(mark -> taken.putIfAbsent(mark, deed));
    }

    List<Deed> deeds() {
        return Collections.unmodifiableList(deeds);
    }

    /** Every value that a person wrote, with where and when. */
    Map<String, Deed> written() {
        return Collections.unmodifiableMap(written);
    }

    /** Every value that a person took away having seen it, with where and when. */
    Map<String, Deed> taken() {
        return Collections.unmodifiableMap(taken);
    }
}

package io.dayflow.hub.merge;

import com.github.difflib.DiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merges two edits of one text by lines (diff3). */
final class Lines {

    private Lines() {}

    /** Lines {@code from} (inclusive) to {@code to} (exclusive) of the base become {@code lines}. */
    private record Edit(int from, int to, List<String> lines) {

        /** Edits that only touch are apart: their order is plain. Two insertions at one place have none. */
        boolean clashesWith(Edit other) {
            if (from == other.from && (to == from) == (other.to == other.from)) {
                return true;
            }
            return from < other.to && other.from < to;
        }

        boolean isBefore(Edit other) {
            return from != other.from ? from < other.from : to < other.to;
        }
    }

    /** Both edits in one text, or empty where they change the same lines differently. Symmetric in ours and theirs. */
    static Optional<String> merge(String base, String ours, String theirs) {
        List<String> lines = lines(base);
        List<Edit> left = edits(lines, lines(ours));
        List<Edit> right = edits(lines, lines(theirs));
        List<String> merged = new ArrayList<>();
        int at = 0;
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            Edit next;
            if (r == right.size()) {
                next = left.get(l++);
            } else if (l == left.size()) {
                next = right.get(r++);
            } else if (left.get(l).equals(right.get(r))) {
                next = left.get(l++);
                r++;
            } else if (left.get(l).clashesWith(right.get(r))) {
                return Optional.empty();
            } else {
                next = left.get(l).isBefore(right.get(r)) ? left.get(l++) : right.get(r++);
            }
            merged.addAll(lines.subList(at, next.from()));
            merged.addAll(next.lines());
            at = next.to();
        }
        merged.addAll(lines.subList(at, lines.size()));
        return Optional.of(String.join("\n", merged));
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private static List<Edit> edits(List<String> base, List<String> edited) {
        return DiffUtils.diff(base, edited).getDeltas().stream()
                .map(delta -> new Edit(
                        delta.getSource().getPosition(),
                        delta.getSource().getPosition() + delta.getSource().size(),
                        delta.getTarget().getLines()))
                .toList();
    }
}

package io.dayflow.hub.web;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text beside another, with the words in which it differs. */
final class Words {

    private static final Pattern WORDS = Pattern.compile("\\s+|\\S+");

    /** Beyond this many words nobody reads marks, and comparing takes long. */
    private static final int MOST = 2_000;

    private Words() {}

    /** What a run of words is to the text beside another. */
    public enum Mark {
        /** Both have it. */
        SAME,
        /** Only the text has it. */
        ADDED,
        /** Only the other has it: it is no part of the text. */
        REMOVED
    }

    /** A run of words. */
    public record Part(String text, Mark mark) {

        public boolean added() {
            return mark == Mark.ADDED;
        }

        public boolean removed() {
            return mark == Mark.REMOVED;
        }
    }

    /**
     * The text in parts, which joined without those that were removed are the text, and without those that were added the
     * other; empty if there is no text. Where there is no other, or either is very long, nothing is marked; where they have
     * no word in common, the text is added as a whole.
     */
    static List<Part> against(@Nullable String other, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        List<String> before = words(other == null ? "" : other);
        List<String> words = words(text);
        if (before.isEmpty() || before.size() > MOST || words.size() > MOST) {
            return List.of(new Part(text, Mark.SAME));
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, words).getDeltas()) {
            Chunk<String> added = delta.getTarget();
            add(parts, words.subList(at, added.getPosition()), Mark.SAME);
            add(parts, delta.getSource().getLines(), Mark.REMOVED);
            add(parts, added.getLines(), Mark.ADDED);
            at = added.getPosition() + added.size();
        }
        add(parts, words.subList(at, words.size()), Mark.SAME);
        boolean alike = parts.stream()
                .anyMatch(part -> part.mark() == Mark.SAME && !part.text().isBlank());
        return alike ? parts : List.of(new Part(text, Mark.ADDED));
    }

    private static void add(List<Part> parts, List<String> words, Mark mark) {
        if (!words.isEmpty()) {
            parts.add(new Part(String.join("", words), mark));
        }
    }

    private static List<String> words(String text) {
        return WORDS.matcher(text).results().map(MatchResult::group).toList();
    }
}

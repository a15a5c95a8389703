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

    /**
     * A run of words.
     *
     * @param fresh whether the other text does not have them here
     */
    public record Part(String text, boolean fresh) {}

    /** The text in parts, which joined are the text; empty if there is none. Where there is no other, nothing is fresh. */
    static List<Part> against(@Nullable String other, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        List<String> before = words(other == null ? "" : other);
        List<String> words = words(text);
        if (before.isEmpty() || before.size() > MOST || words.size() > MOST) {
            return List.of(new Part(text, false));
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, words).getDeltas()) {
            Chunk<String> fresh = delta.getTarget();
            add(parts, words.subList(at, fresh.getPosition()), false);
            add(parts, fresh.getLines(), true);
            at = fresh.getPosition() + fresh.size();
        }
        add(parts, words.subList(at, words.size()), false);
        return parts;
    }

    private static void add(List<Part> parts, List<String> words, boolean fresh) {
        if (!words.isEmpty()) {
            parts.add(new Part(String.join("", words), fresh));
        }
    }

    private static List<String> words(String text) {
        return WORDS.matcher(text).results().map(MatchResult::group).toList();
    }
}

package io.dayflow.hub.web;

import java.util.Locale;

/**
 * What stands for a service where brands show their logos: two letters in a tinted square.
 *
 * @param tint one of a few, the same for the same service
 */
public record Mark(String letters, int tint) {

    private static final int TINTS = 6;

    static Mark of(String id, String name) {
        var words = name.strip().split("[\\s-]+");
        var letters = words.length > 1 && !words[1].isEmpty()
                ? words[0].substring(0, 1) + words[1].substring(0, 1)
                : name.substring(0, Math.min(2, name.length()));
        return new Mark(
                letters.substring(0, 1).toUpperCase(Locale.ROOT) + letters.substring(1),
                Math.floorMod(id.hashCode(), TINTS));
    }
}

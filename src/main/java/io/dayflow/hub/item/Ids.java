package io.dayflow.hub.item;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The spelling of enum constants in JSON: lower case, words joined by underscores. */
final class Ids {

    private Ids() {}

    static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E of(Class<E> type, String id) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(id) && id(constant).equals(id)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("\"" + id + "\" is none of "
                + Arrays.stream(type.getEnumConstants()).map(Ids::id).collect(Collectors.joining(", ")));
    }
}

package io.dayflow.hub.fault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for secrets in texts, also in the forms in which they travel. */
final class LeakScan {

    private final Map<String, Set<String>> forms = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    /** A secret that must be nowhere, under a name that may be shown. */
    void secret(String name, String value) {
        if (value.length() < 8) {
            throw new IllegalArgumentException(name + " is too short to be recognised");
        }
        var all = new LinkedHashSet<String>();
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        all.add(value);
        all.add(value.replace("\"", "\\\""));
        all.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        all.add(HexFormat.of().formatHex(bytes));
        all.add(new StringBuilder(value).reverse().toString());
        // of Base64 what does not depend on the text around it, at each of three offsets
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            var certain = encoded.substring(before == 0 ? 0 : before + 1, bytes.length * 8 / 6 - 1);
            all.add(certain);
            all.add(certain.replace('+', '-').replace('/', '_'));
        }
        forms.put(name, all);
    }

    /** Something that somebody may read. */
    void place(String name, String text) {
        places.put(name, text);
    }

    String text(String place) {
        return places.getOrDefault(place, "");
    }

    Set<String> places() {
        return places.keySet();
    }

    /** Which secret is where, without showing it. */
    List<String> leaks() {
        var leaks = new ArrayList<String>();
        places.forEach((place, text) -> forms.forEach((name, all) -> {
            if (all.stream().anyMatch(text::contains)) {
                leaks.add(name + " in " + place);
            }
        }));
        return leaks;
    }

    /** What stands before the first of each leak, to find who wrote it. */
    String excerpts() {
        var excerpts = new StringBuilder("see what stands before each:");
        places.forEach((place, text) -> forms.forEach((name, all) -> all.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .ifPresent(at -> excerpts.append("\n")
                        .append(name)
                        .append(" in ")
                        .append(place)
                        .append(": …")
                        .append(text, Math.max(0, at - 250), at))));
        return excerpts.toString();
    }
}

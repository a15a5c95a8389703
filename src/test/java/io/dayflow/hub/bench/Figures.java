package io.dayflow.hub.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Medians and their like. */
final class Figures {

    private Figures() {}

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    /** The value below which this share of all values is, between neighbours by proportion. */
    static double quantile(List<Double> values, double share) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    static String list(List<Double> values) {
        return String.join(
                " ",
                values.stream()
                        .map(value -> String.format(Locale.ROOT, "%.3f", value))
                        .toList());
    }
}

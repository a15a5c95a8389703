package io.dayflow.hub.call;

/**
 * How much one connection may ask of its provider.
 *
 * @param requestsPerMinute in any 60 seconds
 * @param burst in any one second
 * @param concurrency at the same time
 */
public record Limits(int requestsPerMinute, int burst, int concurrency) {

    /** For a provider whose configuration does not tell. */
    public static final Limits UNSTATED = new Limits(600, 50, 8);

    public Limits {
        if (requestsPerMinute < 1 || burst < 1 || concurrency < 1) {
            throw new IllegalArgumentException("Limits of a provider are at least 1");
        }
    }
}

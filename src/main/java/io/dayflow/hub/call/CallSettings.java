package io.dayflow.hub.call;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DataSizeUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;

/**
 * The settings {@code hub.call.*}.
 *
 * @param connectTimeout to open a connection, TLS included
 * @param responseTimeout between two pieces of an answer
 * @param totalTimeout for a whole answer, so that one that drips does not hold a call for ever
 * @param maxAnswerSize after decompression; a larger answer is refused
 * @param maxAttempts of one call, the first included
 * @param longestWait how long a call itself waits when a service asks for patience; beyond that the caller is told
 * @param connectionsPerHost open at the same time to one host
 * @param connections open at the same time altogether
 * @param circuit when a host is left alone
 */
@ConfigurationProperties("hub.call")
public record CallSettings(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout,
        @DefaultValue("2m") Duration totalTimeout,
        @DefaultValue("32MB") @DataSizeUnit(DataUnit.BYTES) DataSize maxAnswerSize,
        @DefaultValue("3") int maxAttempts,
        @DefaultValue("5s") Duration longestWait,
        @DefaultValue("40") int connectionsPerHost,
        @DefaultValue("200") int connections,
        @DefaultValue Circuit circuit) {

    public CallSettings {
        positive("connect-timeout", connectTimeout);
        positive("response-timeout", responseTimeout);
        positive("total-timeout", totalTimeout);
        if (longestWait.isNegative() || maxAttempts < 1 || connectionsPerHost < 1 || connections < connectionsPerHost) {
            throw new IllegalArgumentException("hub.call: at least one attempt, one connection per host, no negative "
                    + "longest-wait, and no fewer connections than connections-per-host");
        }
        if (maxAnswerSize.toBytes() < 1 || maxAnswerSize.toBytes() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("hub.call.max-answer-size is between one byte and 2047MB");
        }
    }

    /**
     * The settings {@code hub.call.circuit.*}, for each connection and host.
     *
     * @param consecutiveFaults transient faults in a row that open it
     * @param faultPercent of the last {@code window} requests that opens it
     * @param minRequests before the percentage counts
     * @param window requests looked back on
     * @param openFor until one request may try again
     */
    public record Circuit(
            @DefaultValue("5") int consecutiveFaults,
            @DefaultValue("50") int faultPercent,
            @DefaultValue("10") int minRequests,
            @DefaultValue("20") int window,
            @DefaultValue("30s") Duration openFor) {

        public Circuit {
            positive("circuit.open-for", openFor);
            if (consecutiveFaults < 1
                    || faultPercent < 1
                    || faultPercent > 100
                    || minRequests < 1
                    || window < minRequests) {
                throw new IllegalArgumentException(
                        "hub.call.circuit: counts are at least 1, fault-percent is 1 to 100, "
                                + "and the window holds min-requests");
            }
        }
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("hub.call." + name + " is a positive time, for example 5s");
        }
    }
}

package io.dayflow.hub.limit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often anybody may call; {@code hub.limits.*} in {@code config/application.yaml}. What is not said of a limit is as
 * by default.
 *
 * @param enabled whether there are limits
 * @param lot the most tokens that an instance takes from a shared bucket at once
 * @param user of calls for one user
 * @param token of calls with one personal token
 * @param service of calls with the service token
 * @param pages of requests for pages by one person
 * @param wrongTokens of calls with tokens that are not valid, from one address
 */
@ConfigurationProperties("hub.limits")
record LimitSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("20") int lot,
        @Nullable Given user,
        @Nullable Given token,
        @Nullable Given service,
        @Nullable Given pages,
        @Nullable Given wrongTokens) {

    LimitSettings {
        if (lot < 1) {
            throw new IllegalArgumentException("hub.limits.lot is a number from 1");
        }
    }

    /** What was set of one limit. */
    record Given(
            @Nullable Long perMinute,
            @Nullable Long perHour,
            @Nullable Long burst) {

        Given {
            new Rate(
                    Objects.requireNonNullElse(perMinute, 1L),
                    Objects.requireNonNullElse(perHour, 1L),
                    Objects.requireNonNullElse(burst, 1L));
        }

        private static Rate or(@Nullable Given given, Rate usual) {
            return given == null
                    ? usual
                    : new Rate(
                            Objects.requireNonNullElse(given.perMinute, usual.perMinute()),
                            Objects.requireNonNullElse(given.perHour, usual.perHour()),
                            Objects.requireNonNullElse(given.burst, usual.burst()));
        }
    }

    Rate rate(Policy policy) {
        return switch (policy) {
            case USER -> Given.or(user, new Rate(6_000, 120_000, 2_000));
            case TOKEN -> Given.or(token, new Rate(3_000, 60_000, 1_000));
            case SERVICE -> Given.or(service, new Rate(60_000, 1_200_000, 10_000));
            case PAGES -> Given.or(pages, new Rate(3_000, 60_000, 1_000));
            case WRONG_TOKENS -> Given.or(wrongTokens, new Rate(120, 3_600, 600));
        };
    }
}

package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked to a meeting; told apart from others by {@code email}, in lower case and without {@code mailto:}.
 *
 * @param response what they answered (RFC 5545 section 3.2.12); unknown ones count as {@link Response#NEEDS_ACTION}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Attendee(
        String email, @Nullable String name, @Nullable Role role, Response response) {

    public Attendee {
        email = email.toLowerCase(Locale.ROOT);
        response = Objects.requireNonNullElse(response, Response.NEEDS_ACTION);
    }

    /** How much they are needed (RFC 5545 section 3.2.16); absent means required. */
    public enum Role {
        CHAIR,
        REQUIRED,
        OPTIONAL,
        NON_PARTICIPANT;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Role of(String id) {
            return Ids.of(Role.class, id);
        }
    }

    /** What they answered. */
    public enum Response {
        NEEDS_ACTION,
        ACCEPTED,
        DECLINED,
        TENTATIVE,
        DELEGATED;

        @JsonValue
        public String id() {
            return Ids.id(this);
        }

        @JsonCreator
        public static Response of(String id) {
            return Ids.of(Response.class, id);
        }
    }
}

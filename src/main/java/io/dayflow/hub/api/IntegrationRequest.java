package io.dayflow.hub.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.job.StartJob.Mode;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code POST /api/integrations} takes. Which fields belong to which action, {@link #check()} knows. */
@Schema(
        name = "IntegrationRequest",
        description =
                "authorize takes service; connect takes service with credentials, or"
                        + " with code and state, and settings and displayName if wanted; sync takes integrationId, and mode if wanted")
record IntegrationRequest(
        @NotNull(message = "is needed: authorize, connect or sync")
        Action action,

        @Nullable String service,

        @Schema(description = "What the service gave to the redirect address") @Nullable
        Secret code,

        @Schema(description = "What authorize answered") @Nullable
        Secret state,

        @Schema(description = "The parameter iss beside code and state, where the service gave one (RFC 9207)")
        @Nullable
        String iss,

        @Schema(
                type = "object",
                description = "By field name, for example username and password; tried before they are stored")
        @Nullable
        Map<String, @Nullable Secret> credentials,

        @Schema(type = "object", description = "Settings to begin with") @Nullable
        ObjectNode settings,

        @Nullable String displayName,
        @Nullable UUID integrationId,
        @Nullable Mode mode) {

    enum Action {
        @JsonProperty("authorize")
        AUTHORIZE,
        @JsonProperty("connect")
        CONNECT,
        @JsonProperty("sync")
        SYNC
    }

    /** @throws InvalidRequest if a field is missing that the action needs, or there that it does not take */
    void check() {
        var given = new LinkedHashMap<String, Object>();
        put(given, "service", service);
        put(given, "code", code);
        put(given, "state", state);
        put(given, "iss", iss);
        put(given, "credentials", credentials);
        put(given, "settings", settings);
        put(given, "displayName", displayName);
        put(given, "integrationId", integrationId);
        put(given, "mode", mode);
        switch (action) {
            case AUTHORIZE -> check(given, List.of("service"), List.of());
            case CONNECT ->
                check(
                        given,
                        isAnswer() ? List.of("service", "code", "state") : List.of("service", "credentials"),
                        isAnswer() ? List.of("settings", "displayName", "iss") : List.of("settings", "displayName"));
            case SYNC -> check(given, List.of("integrationId"), List.of("mode"));
        }
    }

    private boolean isAnswer() {
        return code != null || state != null || iss != null;
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private static void check(Map<String, Object> given, List<String> needed, List<String> optional) {
        var errors = new ArrayList<FieldError>();
        needed.stream()
                .filter(name -> !given.containsKey(name))
                .forEach(name -> errors.add(new FieldError(name, "is needed")));
        given.keySet().stream()
                .filter(name -> !needed.contains(name) && !optional.contains(name))
                .forEach(
                        name -> errors.add(new FieldError(name, "is not taken with the other fields of this request")));
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
    }
}

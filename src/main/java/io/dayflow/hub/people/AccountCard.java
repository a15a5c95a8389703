package io.dayflow.hub.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as operators see it. */
@Schema(name = "Account", description = "Somebody who may sign in to the hub")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AccountCard(
        UUID accountId,
        String name,
        Role role,

        @Schema(description = "The DayFlow user; null: the first operator, who is nobody in DayFlow") @Nullable
        UUID userId,

        @Nullable String email,

        @Schema(description = "Whether it has a password") boolean password,

        @Schema(description = "Whether it signs in by OpenID Connect")
        boolean issuer,

        boolean disabled,
        Instant createdAt,
        @Nullable Instant signedInAt) {}

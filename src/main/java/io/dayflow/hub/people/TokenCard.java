package io.dayflow.hub.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A personal token as its owner sees it: everything but the token. */
@Schema(name = "Token", description = "A token of a user's own script")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TokenCard(
        UUID tokenId,
        String name,
        List<TokenScope> scopes,
        Instant createdAt,
        Instant expiresAt,

        @Schema(description = "To five minutes; null: never") @Nullable
        Instant lastUsedAt,

        @Schema(description = "Whether its time is over") boolean expired) {}

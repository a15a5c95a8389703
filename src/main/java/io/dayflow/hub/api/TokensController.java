package io.dayflow.hub.api;

import io.dayflow.hub.paging.Page;
import io.dayflow.hub.people.MakeToken;
import io.dayflow.hub.people.PersonalTokens;
import io.dayflow.hub.people.TokenCard;
import io.dayflow.hub.people.TokenScope;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens of a user's own scripts. The security rules let no token make another. */
@RestController
@RequestMapping("/api/integrations/tokens")
@Tag(name = "Tokens", description = "Tokens of a user's own scripts")
class TokensController {

    private final PersonalTokens tokens;
    private final MakeToken make;

    TokensController(PersonalTokens tokens, MakeToken make) {
        this.tokens = tokens;
        this.make = make;
    }

    @Schema(name = "NewToken")
    record NewToken(
            @NotNull(message = "is needed: what the token is for")
            String name,

            @NotNull(message = "is needed: read, or read and write")
            Set<@NotNull(message = "must be read, write or operator") TokenScope> scopes,

            @Schema(description = "At most 366 days from now")
            @NotNull(message = "is needed: a time, at most 366 days from now")
            Instant expiresAt) {}

    @GetMapping
    @Operation(summary = "The user's tokens", description = "Those that were not revoked; never the tokens themselves.")
    Page<TokenCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return tokens.list(caller.userId(), QueryParameters.pageById(limit, cursor));
    }

    @PostMapping
    @Operation(
            summary = "Make a token",
            description = "Only DayFlow's backend may, for its user; users themselves do it on the Security page.")
    ResponseEntity<MakeToken.Made> make(@AuthenticationPrincipal Caller caller, @RequestBody @Valid NewToken request) {
        var made = make.make(
                caller.userId(), null, new MakeToken.Wanted(request.name(), request.scopes(), request.expiresAt()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(made);
    }

    @DeleteMapping("/{tokenId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Revoke a token", description = "It ends at once.")
    void revoke(@AuthenticationPrincipal Caller caller, @PathVariable String tokenId) {
        tokens.revoke(caller.userId(), QueryParameters.pathId(tokenId, "token"));
    }
}

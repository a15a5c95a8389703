package io.dayflow.hub.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.RandomText;
import io.dayflow.hub.security.Secret;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Ids;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a personal token. That no token makes another is the callers' to keep. */
@Component
public class MakeToken {

    /** The longest life of a token. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final int LONGEST_NAME = 100;
    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final PersonalTokens tokens;
    private final HubAccounts accounts;
    private final PeopleAudit audit;
    private final Ids ids;
    private final Clock clock;

    MakeToken(JdbcClient jdbc, PersonalTokens tokens, HubAccounts accounts, PeopleAudit audit, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.accounts = accounts;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A token that is wanted.
     *
     * @param expiresAt within {@link #LONGEST} from now
     */
    public record Wanted(String name, Set<TokenScope> scopes, Instant expiresAt) {}

    /** A token, shown this once. */
    @Schema(name = "MadeToken", description = "A token; it is shown this once")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Made(
            @Schema(description = "Keep it: it is shown this once")
            String token,

            TokenCard about) {

        /** For logs: without the token. */
        @Override
        public String toString() {
            return "Made[" + about.tokenId() + "]";
        }
    }

    /**
     * Makes a token for a user.
     *
     * @param accountId who makes it; null: DayFlow for its user
     * @throws InvalidRequest if name, scopes or expiry are not accepted
     * @throws ConflictingState if the user has too many, or the user's account is disabled
     */
    @Transactional
    public Made make(UUID userId, @Nullable UUID accountId, Wanted wanted) {
        var now = clock.instant();
        check(accountId, wanted, now);
        // locked, so that whoever disables the account meanwhile ends this token too
        var disabled = jdbc.sql("select disabled_at is not null from hub.account where user_id = :user for share")
                .param("user", userId)
                .query(Boolean.class)
                .optional();
        if (disabled.orElse(false)) {
            throw new ConflictingState("The account of this user is disabled.");
        }
        long there = jdbc.sql("select count(*) from hub.personal_token where user_id = :user and revoked_at is null")
                .param("user", userId)
                .query(Long.class)
                .single();
        if (there >= MOST) {
            throw new ConflictingState("There are " + MOST + " tokens: revoke one first.");
        }
        var token = PersonalTokens.PREFIX + RandomText.token();
        var id = ids.get();
        jdbc.sql("""
                        insert into hub.personal_token (id, user_id, account_id, digest, name, scopes, created_at, expires_at)
                        values (:id, :user, :account, :digest, :name, :scopes, :now, :expires)
                        """)
                .param("id", id)
                .param("user", userId)
                .param("account", accountId)
                .param("digest", PersonalTokens.digest(Secret.of(token)))
                .param("name", wanted.name().strip())
                .param("scopes", scopes(wanted.scopes()))
                .param("now", Columns.parameter(now))
                .param("expires", Columns.parameter(wanted.expiresAt()))
                .update();
        audit.record(
                Deed.TOKEN_MADE,
                userId,
                Map.of(
                        "name", wanted.name().strip(),
                        "token", id.toString(),
                        "scopes", String.join(" ", scopes(wanted.scopes())),
                        "expires", wanted.expiresAt().toString()));
        return new Made(token, tokens.card(id));
    }

    private void check(@Nullable UUID accountId, Wanted wanted, Instant now) {
        var errors = new ArrayList<FieldError>();
        var name = wanted.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError("name", "takes 1 to " + LONGEST_NAME + " characters on one line"));
        }
        if (wanted.scopes().isEmpty()) {
            errors.add(new FieldError("scopes", "needs at least one of read, write"));
        }
        if (wanted.scopes().contains(TokenScope.OPERATOR) && !isOperator(accountId)) {
            errors.add(new FieldError("scopes", "takes operator only from an operator's account"));
        }
        if (!wanted.expiresAt().isAfter(now) || wanted.expiresAt().isAfter(now.plus(LONGEST))) {
            errors.add(new FieldError("expiresAt", "must be later than now, by at most " + LONGEST.toDays() + " days"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
    }

    private boolean isOperator(@Nullable UUID accountId) {
        return accountId != null
                && accounts.find(accountId)
                        .filter(account -> account.role() == Role.OPERATOR)
                        .isPresent();
    }

    private static String[] scopes(Set<TokenScope> wanted) {
        return List.copyOf(EnumSet.copyOf(wanted)).stream().map(TokenScope::id).toArray(String[]::new);
    }
}

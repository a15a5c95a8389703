package io.dayflow.hub.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.people.AccountCard;
import io.dayflow.hub.people.HubAccounts;
import io.dayflow.hub.people.ManageAccounts;
import io.dayflow.hub.people.Role;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who may sign in to the hub. The security rules let operators come here only. */
@RestController
@RequestMapping("/api/integrations/accounts")
@Tag(name = "Accounts", description = "Who may sign in to the hub; for operators")
class AccountsController {

    private final HubAccounts accounts;
    private final ManageAccounts manage;

    AccountsController(HubAccounts accounts, ManageAccounts manage) {
        this.accounts = accounts;
        this.manage = manage;
    }

    @Schema(name = "NewAccount")
    record NewAccount(
            @NotNull(message = "is needed: what is signed in with")
            String name,

            @NotNull(message = "is needed: the id of a DayFlow user")
            UUID userId,

            @Schema(description = "user, where nothing is given") @Nullable
            Role role,

            @Schema(type = "string", description = "12 to 128 characters; without it one is made and answered once")
            @Nullable
            Secret password) {}

    @Schema(name = "AccountChange")
    record AccountChange(
            @Nullable Boolean disabled, @Nullable Role role) {}

    @Schema(name = "NewPassword")
    record NewPassword(
            @Schema(type = "string", description = "12 to 128 characters; without it one is made and answered once")
            @Nullable
            Secret password) {}

    @Schema(name = "AccountWithPassword")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record WithPassword(
            AccountCard account,

            @Schema(description = "What the hub made, shown this once; null where one was given") @Nullable
            String password) {

        /** For logs: without the password. */
        @Override
        public String toString() {
            return "WithPassword[" + account.accountId() + "]";
        }
    }

    @GetMapping
    @Operation(summary = "All accounts, oldest first")
    Page<AccountCard> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return accounts.list(QueryParameters.pageById(limit, cursor));
    }

    @GetMapping("/{accountId}")
    @Operation(summary = "One account")
    AccountCard one(@PathVariable String accountId) {
        return accounts.card(QueryParameters.pathId(accountId, "account"))
                .orElseThrow(() -> new NotFound("There is no such account."));
    }

    @PostMapping
    @Operation(summary = "Make an account for a DayFlow user")
    ResponseEntity<WithPassword> make(@RequestBody @Valid NewAccount request) {
        var made = manage.make(new ManageAccounts.Wanted(
                request.name(),
                request.userId(),
                request.role() == null ? Role.USER : request.role(),
                request.password()));
        return answer(HttpStatus.CREATED, made);
    }

    @PutMapping("/{accountId}")
    @Operation(
            summary = "Disable an account, let it in again, or change its role",
            description = "A disabled account's sessions and tokens end at once.")
    AccountCard change(@PathVariable String accountId, @RequestBody AccountChange request) {
        if (request.disabled() == null && request.role() == null) {
            throw new InvalidRequest("disabled", "or role is needed");
        }
        return manage.change(QueryParameters.pathId(accountId, "account"), request.disabled(), request.role());
    }

    @PutMapping("/{accountId}/password")
    @Operation(summary = "Set a new password", description = "The account's sessions end.")
    ResponseEntity<WithPassword> password(@PathVariable String accountId, @RequestBody NewPassword request) {
        return answer(
                HttpStatus.OK, manage.setPassword(QueryParameters.pathId(accountId, "account"), request.password()));
    }

    private static ResponseEntity<WithPassword> answer(HttpStatus status, ManageAccounts.Made made) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(new WithPassword(made.account(), made.password()));
    }
}

package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.Users;
import io.dayflow.hub.people.HubAccounts;
import io.dayflow.hub.people.ManageAccounts;
import io.dayflow.hub.people.Role;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who may sign in to the hub. The security rules let operators come here only. */
@Controller
@RequestMapping("/operations/accounts")
class AccountsPage {

    private static final String HERE = "redirect:/operations/accounts";
    private static final int LIMIT = 50;

    private final HubAccounts accounts;
    private final ManageAccounts manage;
    private final Users users;

    AccountsPage(HubAccounts accounts, ManageAccounts manage, Users users) {
        this.accounts = accounts;
        this.manage = manage;
        this.users = users;
    }

    @GetMapping
    String accounts(@RequestParam(required = false) @Nullable String cursor, Model model) {
        return show(cursor, FormErrors.NONE, model);
    }

    private String show(@Nullable String cursor, FormErrors errors, Model model) {
        var page = accounts.list(Pages.byId(cursor, LIMIT));
        model.addAttribute("accounts", page.items());
        model.addAttribute("next", page.nextCursor());
        model.addAttribute("cursor", cursor);
        model.addAttribute("people", users.first());
        model.addAttribute("errors", errors);
        return "accounts";
    }

    /** A made password is on this one answer, and nowhere else. */
    @PostMapping
    String make(
            @RequestParam(defaultValue = "") String name,
            @RequestParam String user,
            @RequestParam(defaultValue = "user") String role,
            HttpServletResponse response,
            Model model) {
        var errors = FormErrors.NONE;
        try {
            var made = manage.make(new ManageAccounts.Wanted(
                    name.strip(),
                    AccessPage.id(user, "user"),
                    role.equals(Role.OPERATOR.id()) ? Role.OPERATOR : Role.USER,
                    null));
            model.addAttribute("made", made);
        } catch (InvalidRequest wrong) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("typed", name);
            errors = FormErrors.of(wrong, "");
        }
        return show(null, errors, model);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Boolean disabled,
            @RequestParam(required = false) @Nullable String role,
            RedirectAttributes next) {
        var changed = manage.change(AccessPage.id(id, "account"), disabled, role(role));
        Notice.good(next, changed.disabled() ? "accounts.disabled" : "accounts.changed", changed.name());
        return HERE;
    }

    private static @Nullable Role role(@Nullable String id) {
        if (id == null) {
            return null;
        }
        return switch (id) {
            case "user" -> Role.USER;
            case "operator" -> Role.OPERATOR;
            default -> throw new NotFound("There is no such role.");
        };
    }

    @PostMapping("/{id}/password")
    String password(@PathVariable String id, Model model, RedirectAttributes next) {
        try {
            model.addAttribute("made", manage.setPassword(AccessPage.id(id, "account"), null));
            return show(null, FormErrors.NONE, model);
        } catch (ConflictingState fixed) {
            Notice.attention(next, "refused", String.valueOf(fixed.getMessage()));
            return HERE;
        }
    }
}

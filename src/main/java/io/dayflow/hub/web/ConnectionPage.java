package io.dayflow.hub.web;

import io.dayflow.hub.connection.ConflictResolution;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.connection.DeletePolicy;
import io.dayflow.hub.connection.Disconnect;
import io.dayflow.hub.connection.SyncDirection;
import io.dayflow.hub.connection.UpdateConnection;
import io.dayflow.hub.connection.UpdateConnection.Change;
import io.dayflow.hub.connection.UpdateConnection.Selection;
import io.dayflow.hub.consent.Consents;
import io.dayflow.hub.job.StartJob;
import io.dayflow.hub.job.StartJob.Mode;
import io.dayflow.hub.job.StartJob.Operation;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One connection: what of it takes part, how it syncs, and its end. */
@Controller
@RequestMapping("/integrations/{id:[0-9a-fA-F-]{36}}")
class ConnectionPage {

    private final Views views;
    private final Connections connections;
    private final UpdateConnection update;
    private final Disconnect disconnect;
    private final StartJob startJob;
    private final Consents consents;

    ConnectionPage(
            Views views,
            Connections connections,
            UpdateConnection update,
            Disconnect disconnect,
            StartJob startJob,
            Consents consents) {
        this.views = views;
        this.connections = connections;
        this.update = update;
        this.disconnect = disconnect;
        this.startJob = startJob;
        this.consents = consents;
    }

    @GetMapping
    String connection(Visitor visitor, @PathVariable UUID id, Model model) {
        var view = view(visitor, id);
        return show(visitor, view, SettingsForm.of(view.card()), FormErrors.NONE, model);
    }

    private String show(Visitor visitor, ConnectionView view, SettingsForm form, FormErrors errors, Model model) {
        model.addAttribute("connection", view);
        model.addAttribute(
                "consents", consents.list(visitor.userId(), view.card().integrationId()));
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        model.addAttribute("directions", SyncDirection.values());
        model.addAttribute("resolutions", ConflictResolution.values());
        model.addAttribute("deletePolicies", DeletePolicy.values());
        return "connection";
    }

    @PostMapping("/collections")
    String collections(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") List<UUID> collection,
            @RequestParam(defaultValue = "") String then,
            RedirectAttributes next) {
        var chosen = Set.copyOf(collection);
        var selections = view(visitor, id).card().collections().stream()
                .map(known -> new Selection(known.id(), chosen.contains(known.id())))
                .toList();
        update.update(visitor.userId(), id, new Change(null, selections, null, null));
        boolean preview = then.equals("preview");
        if (chosen.isEmpty() || !(preview || then.equals("sync"))) {
            if (chosen.isEmpty()) {
                Notice.attention(next, "connection.collections.none");
            } else {
                Notice.good(next, "connection.collections.saved");
            }
            return "redirect:/integrations/" + id;
        }
        var job = startJob.start(visitor.userId(), id, Mode.INCREMENTAL, preview, Operation.MANUAL_SYNC);
        return "redirect:/activity/jobs/" + job;
    }

    @PostMapping("/settings")
    String settings(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        var view = view(visitor, id);
        var form = SettingsForm.typed(typed);
        try {
            update.update(
                    visitor.userId(), id, new Change(form.patch(view.card()), List.of(), null, form.displayName()));
        } catch (InvalidRequest e) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return show(visitor, view, form, FormErrors.of(e, "settings."), model);
        }
        Notice.good(next, "connection.settings.saved");
        return "redirect:/integrations/" + id;
    }

    @PostMapping("/active")
    String active(Visitor visitor, @PathVariable UUID id, @RequestParam boolean active, RedirectAttributes next) {
        update.update(visitor.userId(), id, new Change(null, List.of(), active, null));
        Notice.good(next, active ? "connection.on" : "connection.off");
        return "redirect:/integrations/" + id;
    }

    @GetMapping("/disconnect")
    String askDisconnect(Visitor visitor, @PathVariable UUID id, Model model) {
        model.addAttribute("connection", view(visitor, id));
        return "disconnect";
    }

    @PostMapping("/disconnect")
    String disconnect(
            Visitor visitor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "keep") String items,
            RedirectAttributes next) {
        var name = connections
                .find(visitor.userId(), id)
                .orElseThrow(ConnectionPage::absent)
                .displayName();
        disconnect.disconnect(
                visitor.userId(), id, items.equals("remove") ? Disconnect.Items.REMOVE : Disconnect.Items.KEEP);
        Notice.good(next, "disconnect.done", name);
        return "redirect:/integrations";
    }

    private ConnectionView view(Visitor visitor, UUID id) {
        return views.connection(visitor.userId(), id).orElseThrow(ConnectionPage::absent);
    }

    private static NotFound absent() {
        return new NotFound("There is no such connection.");
    }
}

package io.dayflow.hub.web;

import io.dayflow.hub.consent.Consents;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.privacy.Erase;
import io.dayflow.hub.privacy.Export;
import io.dayflow.hub.privacy.ProcessingRecord;
import io.dayflow.hub.refusal.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is held about a person, a copy of it, and its end. */
@Controller
@RequestMapping("/security/privacy")
class PrivacyPage {

    /** As many receipts are shown. */
    private static final int LATEST = 100;

    private static final UUID NOBODY = new UUID(0, 0);

    private final Consents consents;
    private final Export export;
    private final Erase erase;
    private final ProcessingRecord processing;
    private final Visitors visitors;

    PrivacyPage(Consents consents, Export export, Erase erase, ProcessingRecord processing, Visitors visitors) {
        this.consents = consents;
        this.export = export;
        this.erase = erase;
        this.processing = processing;
        this.visitors = visitors;
    }

    @GetMapping
    String privacy(Visitor visitor, Model model) {
        return show(visitor, false, model);
    }

    private String show(Visitor visitor, boolean wrong, Model model) {
        model.addAttribute("consents", consents.list(visitor.userId()));
        model.addAttribute("kept", processing.document().categories());
        model.addAttribute("running", erase.running(visitor.userId()));
        model.addAttribute(
                "receipts",
                visitor.caller().operator()
                        ? erase.receipts(visitor.userId(), true, PageRequest.first(LATEST))
                                .items()
                        : List.of());
        model.addAttribute("wrong", wrong);
        return "privacy";
    }

    @GetMapping("/export")
    void export(Visitor visitor, HttpServletResponse response) throws IOException {
        export.write(visitor.userId(), () -> {
            response.setContentType("application/zip");
            response.setHeader("Content-Disposition", "attachment; filename=\"dayflow-hub-export.zip\"");
            response.setHeader("Cache-Control", "no-store");
            return response.getOutputStream();
        });
    }

    /** What is typed has to be the address of the user whose data go: a button alone is pressed too easily. */
    @PostMapping("/erase")
    String erase(
            Visitor visitor,
            @RequestParam(defaultValue = "") String typed,
            @RequestParam(defaultValue = "keep") String dayflow,
            Model model,
            HttpServletResponse response) {
        if (!typed.strip().equalsIgnoreCase(visitor.user().email())) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return show(visitor, true, model);
        }
        var choice = dayflow.equals("remove") ? Erase.Dayflow.REMOVE : Erase.Dayflow.KEEP;
        var receipt = erase.ask(visitor.userId(), choice);
        return "redirect:/security/privacy/receipts/" + receipt.receiptId();
    }

    /** Without what surrounds other pages: the user whose data went may be nobody by now. */
    @GetMapping("/receipts/{id:[0-9a-fA-F-]{36}}")
    String receipt(@PathVariable UUID id, HttpServletRequest request, Model model) {
        var visitor = visitor(request);
        boolean operator = visitor == null
                ? request.isUserInRole("OPERATOR")
                : visitor.caller().operator();
        var receipt = erase.receipt(visitor == null ? NOBODY : visitor.userId(), operator, id);
        model.addAttribute("bare", true);
        model.addAttribute("receipt", receipt);
        return "receipt";
    }

    private @Nullable Visitor visitor(HttpServletRequest request) {
        try {
            return visitors.of(request);
        } catch (NoUser | NotFound nobodyLeft) {
            return null;
        }
    }
}

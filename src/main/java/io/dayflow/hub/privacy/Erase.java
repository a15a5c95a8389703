package io.dayflow.hub.privacy;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.connection.BeingErased;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.people.HubAccounts;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.NotFound;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks for an erasure, and looks what became of it. Thread-safe. */
@Component
public class Erase implements BeingErased {

    private final Erasures erasures;
    private final HubAccounts accounts;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Erase(Erasures erasures, HubAccounts accounts, Audit audit, JdbcClient jdbc, TransactionTemplate transaction) {
        this.erasures = erasures;
        this.accounts = accounts;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** What becomes of DayFlow's own rows. */
    public enum Dayflow {
        /** Tasks, events and the user stay: they are DayFlow's. */
        KEEP,
        /** They go too, and with them the user. */
        REMOVE
    }

    /**
     * Asks for everything about the user to go. One that is asked for again while it runs is the same, and what was chosen
     * first counts.
     *
     * @throws ConflictingState if the user is the last operator who can sign in: the account would go too
     */
    public ReceiptCard ask(UUID userId, Dayflow dayflow) {
        return transaction.execute(status -> {
            boolean asked = erasures.running(userId);
            if (!asked) {
                accounts.refuseLastOperator(userId);
            }
            var id = erasures.ask(userId, dayflow == Dayflow.REMOVE);
            if (!asked) {
                audit.record(Deed.ERASURE_ASKED, userId, null, null, Map.of("receipt", id.toString()));
                jdbc.sql("select pg_notify('hub_work', 'erasure')")
                        .query((row, number) -> true)
                        .single();
            }
            return erasures.receipt(id, userId, true).orElseThrow();
        });
    }

    @Override
    public void refuse(UUID userId) {
        if (erasures.running(userId)) {
            throw new ConflictingState("The data of this user are being erased. Nothing is added until that is done.");
        }
    }

    /** The user's erasure that is not done, as a list of none or one. */
    public List<ReceiptCard> running(UUID userId) {
        return erasures.receipts(userId, false, PageRequest.first(1)).items();
    }

    /**
     * @throws NotFound if there is none, or it runs and is another user's
     */
    public ReceiptCard receipt(UUID caller, boolean operator, UUID id) {
        return erasures.receipt(id, caller, operator).orElseThrow(() -> new NotFound("There is no such receipt."));
    }

    /** Latest first: the user's own that runs, for an operator all. */
    public Page<ReceiptCard> receipts(UUID caller, boolean operator, PageRequest request) {
        return erasures.receipts(caller, operator, request);
    }
}

package io.dayflow.hub.alert;

import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Tells ids that belong to another user from those that belong to nobody. Asked only where a call found nothing; the caller
 * learns nothing of it. Throws nothing. Thread-safe.
 */
@Component
public class ForeignIds {

    private static final Logger log = LoggerFactory.getLogger(ForeignIds.class);
    private static final int MOST = 20;
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** A write of the history, by its number. */
    private static final Pattern ENTRY = Pattern.compile("/history/([0-9]{1,18})/");

    private final JdbcClient jdbc;
    private final Signals signals;

    ForeignIds(JdbcClient jdbc, Signals signals) {
        this.jdbc = jdbc;
        this.signals = signals;
    }

    /** A user's call that names these ids, among other text, found nothing, or may not ask for them. */
    public void tried(UUID userId, String text) {
        List<String> ids = ID.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .limit(MOST)
                .toList();
        var entry = ENTRY.matcher(text);
        Long number = entry.find() ? Long.valueOf(entry.group(1)) : null;
        if (ids.isEmpty() && number == null) {
            return;
        }
        try {
            if (!ids.isEmpty() && anothers(userId, ids) || number != null && anothersEntry(userId, number)) {
                signals.tell(Rule.FOREIGN_ID, userId);
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("Whether ids are others' could not be looked up: {}", e.getMessage());
        }
    }

    private boolean anothersEntry(UUID userId, long number) {
        return jdbc.sql("select exists (select from hub.journal where id = :number and user_id <> :user)")
                .param("number", number)
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }

    private boolean anothers(UUID userId, List<String> ids) {
        return jdbc.sql("""
                        select exists (select from hub.connection where id = any(:ids::uuid[]) and user_id <> :user)
                            or exists (select from hub.job where id = any(:ids::uuid[]) and user_id <> :user)
                            or exists (select from hub.conflict where id = any(:ids::uuid[]) and user_id <> :user)
                            or exists (select from hub.item where id = any(:ids::uuid[]) and user_id <> :user)
                            or exists (select from hub.dead_letter where id = any(:ids::uuid[]) and user_id <> :user)
                            or exists (select from hub.alert where id = any(:ids::uuid[]) and user_id <> :user)
                            or exists (select from hub.personal_token where id = any(:ids::uuid[]) and user_id <> :user)
                            or exists (select from hub.webhook_endpoint
                                       where id = any(:ids::uuid[]) and user_id is distinct from :user)
                            or exists (select from public.users where id = any(:ids::uuid[]) and id <> :user)
                        """)
                .param("ids", ids.toArray(String[]::new))
                .param("user", userId)
                .query(Boolean.class)
                .single();
    }
}

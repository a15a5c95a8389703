package io.dayflow.hub.sync;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Forgets items that were deleted long enough ago, with their links. The journal keeps what it holds of them. */
@Component
public class ForgetDeleted {

    private static final Logger log = LoggerFactory.getLogger(ForgetDeleted.class);
    private static final int BATCH = 500;

    private final KeptItems kept;
    private final HubTransaction transaction;
    private final SyncSettings settings;
    private final Clock clock;

    ForgetDeleted(KeptItems kept, HubTransaction transaction, SyncSettings settings, Clock clock) {
        this.kept = kept;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Forgets all that nothing depends on any more, a batch a transaction; how many. */
    public int forget() {
        int all = 0;
        int some = BATCH;
        while (some == BATCH) {
            some = transaction.run(() -> {
                List<UUID> over = kept.over(clock.instant().minus(settings.keepDeleted()), BATCH);
                kept.forget(over);
                return over.size();
            });
            all += some;
        }
        if (all > 0) {
            log.info("{} deleted items are no longer kept", all);
        }
        return all;
    }
}

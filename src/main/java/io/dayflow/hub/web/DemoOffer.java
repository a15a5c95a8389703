package io.dayflow.hub.web;

import io.dayflow.hub.connection.Connect;
import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.connection.UpdateConnection;
import io.dayflow.hub.job.StartJob;
import io.dayflow.hub.job.StartJob.Mode;
import io.dayflow.hub.job.StartJob.Operation;
import io.dayflow.hub.refusal.RefusedByService;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** One click instead of many: an account at every stand-in, connected, all of it selected, and its first run begun. */
@Component
class DemoOffer {

    private static final Logger log = LoggerFactory.getLogger(DemoOffer.class);

    private final ObjectProvider<DemoAccounts> demo;
    private final Connect connect;
    private final UpdateConnection update;
    private final StartJob startJob;

    DemoOffer(ObjectProvider<DemoAccounts> demo, Connect connect, UpdateConnection update, StartJob startJob) {
        this.demo = demo;
        this.connect = connect;
        this.update = update;
        this.startJob = startJob;
    }

    /** @return the services that could not be connected; the others are */
    List<String> connectAll(UUID userId) {
        var failed = new ArrayList<String>();
        demo.stream()
                .forEach(accounts -> accounts.services().stream().sorted().forEach(service -> {
                    try {
                        begin(
                                userId,
                                connect.connect(
                                        userId, new Connect.Request(service, accounts.open(service), null, null)));
                    } catch (RefusedByService e) {
                        log.warn("A demo account at {} could not be connected: {}", service, e.getMessage());
                        failed.add(service);
                    }
                }));
        return failed;
    }

    private void begin(UUID userId, ConnectionCard card) {
        var selection = card.collections().stream()
                .map(collection -> new UpdateConnection.Selection(collection.id(), true))
                .toList();
        update.update(userId, card.integrationId(), new UpdateConnection.Change(null, selection, null, null));
        startJob.start(userId, card.integrationId(), Mode.INCREMENTAL, false, Operation.MANUAL_SYNC);
    }
}

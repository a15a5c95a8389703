package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Sweeps and quarantine as people see them. */
@WebTest
class SweepPagesIT {

    @Autowired
    PageVisits visits;

    @Test
    void aCheckOfBothSidesIsAskedForByAButtonAndSaysWhatItRepaired() {
        var visit = visits.operator();
        var seed = new PageSeed(visits.jdbc);
        var connection = seed.connection(visit.user);

        visit.open("/integrations/" + connection).expect(200);
        assertThat(visit.text("button[name=mode][value=sweep]")).contains("Check both sides");
        visit.form("form[action$=/sync]").with("mode", "sweep").submit().expect(200);

        assertThat(visits.jdbc
                        .sql("select operation || ' ' || mode from hub.job where connection_id = ?")
                        .param(connection)
                        .query(String.class)
                        .single())
                .isEqualTo("sweep sweep");
        visits.jdbc
                .sql("update hub.job set status = 'completed', completed_at = now(),"
                        + " counts = '{\"read\": 9, \"repaired\": 3}' where connection_id = ?")
                .param(connection)
                .update();
        visit.open("/activity?connection=" + connection).expect(200);
        assertThat(visit.text("table")).contains("check of both sides", "3 repaired");
    }

    @Test
    void anItemInQuarantineSaysSoOnItsPage() {
        var visit = visits.operator();
        var seed = new PageSeed(visits.jdbc);
        var item = seed.waiting(visit.user, seed.connection(visit.user), "Repot the fern");
        visits.jdbc
                .sql("update hub.link set quarantined_at = now() where item_id = ? and connection_id is not null")
                .param(item)
                .update();

        visit.open("/items/tasks/" + item).expect(200);

        assertThat(visit.page.select("#sync tbody tr").get(1).text())
                .contains("Fastmail", "Quarantined", "Differs in: Title");
    }
}

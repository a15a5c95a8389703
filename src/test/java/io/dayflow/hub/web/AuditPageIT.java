package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WebTest
class AuditPageIT {

    @Autowired
    PageVisits visits;

    @Test
    void theTrailIsShownFilteredAndPaged() {
        var visit = visits.operator();
        var mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < 60; i++) {
            visits.jdbc
                    .sql("insert into hub.audit (actor, action, object, detail, remote, agent) values"
                            + " (?, 'some.deed', ?, '{\"note\": \"<b>bold</b>\"}', '192.0.2.1', 'curl/8')")
                    .params(mark, "item:" + i)
                    .update();
        }
        visit.open("/security/audit?actor=" + mark).expect(200);
        assertThat(visit.page.select("main tbody tr")).hasSize(50);
        assertThat(visit.page.select("main tbody b")).isEmpty();
        assertThat(visit.page.selectFirst("#actor").attr("value")).isEqualTo(mark);
        visit.open(visit.page.select(".pages a").last().attr("href")).expect(200);
        assertThat(visit.page.select("main tbody tr")).hasSize(10);

        visit.open("/security/audit?q=" + mark + "&object=item:7&from=2026-01-01&to=2999-01-01")
                .expect(200);
        assertThat(visit.page.select("main tbody tr")).hasSize(1);
        visit.open("/security/audit?q=" + mark + "&to=2026-01-01").expect(200);
        assertThat(visit.page.select("main tbody tr")).isEmpty();
        visit.open("/security/audit?from=yesterday&to=&cursor=x&object=" + "%7Bx%7D%26")
                .expect(200);
    }

    @Test
    void whatNoTextMayHoldIsARequestToBeChangedAndNoFailure() {
        var visit = visits.operator();
        visit.open("/security/audit?from=%00").expect(400);
        visit.open("/items/tasks?cursor=a%00b").expect(400);
    }
}

package io.dayflow.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Consents and receipts of erasures are read a page at a time, as other lists are. */
@ApiTest
class PrivacyListsIT {

    private static final String CONSENTS = "/api/integrations/consents";
    private static final String RECEIPTS = "/api/integrations/data/receipts";

    @Autowired
    ApiCalls calls;

    /** The ids on each page, to the last. */
    private List<List<String>> pages(UUID user, String path, int limit, String id) {
        var pages = new ArrayList<List<String>>();
        String cursor = "";
        do {
            var page = calls.get(user, path + "?limit=" + limit + cursor)
                    .expect(200)
                    .body();
            pages.add(page.path("items").findValuesAsText(id));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asText();
        } while (!cursor.isEmpty());
        return pages;
    }

    @Test
    void consentsArePaged() {
        var ann = calls.newUser();
        calls.jdbc.sql("""
                        insert into hub.consent (id, user_id, provider, account, kind, scopes, text_version, given_at, given_by,
                                                 ended_at, ended)
                        select gen_random_uuid(), ?, 'testcal', 'ann', 'credentials', '{}', 'x',
                               timestamptz '2026-01-01 00:00:00.000123Z' + (n / 3) * interval '1 second', 'x', now(), 'renewed'
                        from generate_series(1, 55) n
                        """).param(ann).update();
        var all = calls.jdbc
                .sql("select id::text from hub.consent where user_id = ? order by given_at desc, id desc")
                .param(ann)
                .query(String.class)
                .list();

        assertThat(pages(ann, CONSENTS, 20, "consentId"))
                .containsExactly(all.subList(0, 20), all.subList(20, 40), all.subList(40, 55));
        assertThat(calls.get(ann, CONSENTS).expect(200).body().path("items")).hasSize(50);
        assertThat(calls.get(ann, CONSENTS + "?limit=201").wrongFields()).containsExactly("limit");
        assertThat(calls.get(ann, CONSENTS + "?cursor=x").wrongFields()).containsExactly("cursor");
    }

    @Test
    void receiptsArePaged() {
        var ann = calls.newUser();
        var operator = calls.operatorToken(ann);
        calls.jdbc.sql("""
                        insert into hub.erasure (id, dayflow, step, requested_at, finished_at)
                        select gen_random_uuid(), 'keep', 'done', now() - (n / 3) * interval '1 second', now()
                        from generate_series(1, 55) n
                        """).update();
        var all = calls.jdbc
                .sql("select id::text from hub.erasure order by requested_at desc, id desc")
                .query(String.class)
                .list();

        var found = new ArrayList<String>();
        String cursor = "";
        do {
            var page = calls.getWith(operator, RECEIPTS + "?limit=20" + cursor)
                    .expect(200)
                    .body();
            assertThat(page.path("items").size()).isBetween(1, 20);
            found.addAll(page.path("items").findValuesAsText("receiptId"));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asText();
        } while (!cursor.isEmpty());
        assertThat(found).isEqualTo(all);
        assertThat(calls.getWith(operator, RECEIPTS).expect(200).body().path("items"))
                .hasSize(50);
        assertThat(calls.get(ann, RECEIPTS + "?limit=0").wrongFields()).containsExactly("limit");
    }
}

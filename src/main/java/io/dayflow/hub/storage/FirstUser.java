package io.dayflow.hub.storage;

import java.time.ZoneId;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gives an empty embedded database one DayFlow user, so that the hub can be tried without a DayFlow beside it. */
final class FirstUser {

    static final String EMAIL = "planner@localhost";
    private static final Logger log = LoggerFactory.getLogger(FirstUser.class);

    private FirstUser() {}

    static void createIn(JdbcClient database, ZoneId zone) {
        database.sql("""
                        insert into public.users (email, name, timezone)
                        select :email, 'Planner', :zone
                        where not exists (select from public.users)
                        on conflict do nothing
                        returning id
                        """)
                .param("email", EMAIL)
                .param("zone", zone.getId())
                .query(UUID.class)
                .optional()
                .ifPresent(id -> log.info("Made a first DayFlow user {} with the id {}", EMAIL, id));
    }
}

package io.dayflow.hub.dayflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** DayFlow's users, as far as the hub's pages name them. */
@Component
public class Users {

    private static final int MOST = 200;

    private static final String ALL = "select id, email, name, coalesce(timezone, 'UTC') as zone from public.users ";

    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A user of DayFlow.
     *
     * @param zone UTC where DayFlow's value is none
     */
    public record User(UUID id, String email, @Nullable String name, ZoneId zone) {

        /** What to call the user: the name, or the address where there is none. */
        public String label() {
            return name == null || name.isBlank() ? email : name;
        }
    }

    /** The user who was there first. */
    public Optional<User> oldest() {
        return jdbc.sql(ALL + "order by created_at, id limit 1")
                .query(Users::user)
                .optional();
    }

    public Optional<User> find(UUID id) {
        return jdbc.sql(ALL + "where id = :id")
                .param("id", id)
                .query(Users::user)
                .optional();
    }

    /** By address, in whatever case; nothing where two users differ in case only. */
    public Optional<User> byEmail(String email) {
        var found = jdbc.sql(ALL + "where lower(email) = lower(:email) limit 2")
                .param("email", email)
                .query(Users::user)
                .list();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The first users, oldest first. */
    public List<User> first() {
        return jdbc.sql(ALL + "order by created_at, id limit :most")
                .param("most", MOST)
                .query(Users::user)
                .list();
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                zone(row.getString("zone")));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}

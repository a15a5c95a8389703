package io.dayflow.hub.people;

import io.dayflow.hub.security.PublicAddress;
import io.dayflow.hub.security.Vault;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.HttpSessionIdResolver;

/** Sessions in PostgreSQL, by Spring Session: they outlive an instance and are known to all of them. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    /** Of a session in which nobody has signed in yet. */
    private static final Duration BEFORE = Duration.ofMinutes(15);

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> postgresSessions() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    /** The route core-housekeeping forgets those that ended. */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> smallSessions() {
        return sessions -> {
            sessions.setConversionService(SessionValues.conversions());
            sessions.setDefaultMaxInactiveInterval(BEFORE);
            sessions.setCleanupCron("-");
        };
    }

    /**
     * In order: Spring Session takes rows of one session that do not follow each other for several, of which only the last is
     * kept, with a part of what belongs to it (spring-session issue 3452).
     */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> wholeSessions() {
        return sessions -> sessions.setListSessionsByPrincipalNameQuery("""
                select s.primary_id, s.session_id, s.creation_time, s.last_access_time, s.max_inactive_interval,
                       a.attribute_name, a.attribute_bytes
                from %TABLE_NAME% s left join %TABLE_NAME%_attributes a on a.session_primary_id = s.primary_id
                where s.principal_name = ?
                order by s.primary_id
                """);
    }

    @Bean
    HttpSessionIdResolver sealedSessionIds(PublicAddress address, Vault vault) {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(address.isTls() ? "__Host-SESSION" : "SESSION");
        cookie.setCookiePath("/");
        cookie.setSameSite("Lax");
        cookie.setUseBase64Encoding(false);
        if (address.isTls()) {
            cookie.setUseSecureCookie(true);
        }
        return new SealedSessionIds(cookie, vault);
    }
}

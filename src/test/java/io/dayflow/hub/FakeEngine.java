package io.dayflow.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.conflict.BringBack;
import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.conflict.ResolveConflict;
import io.dayflow.hub.connection.DayflowRows;
import io.dayflow.hub.deadletter.ReplayDeadLetter;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.ProviderGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands below the REST interface, told by passwords what to do. */
@TestConfiguration(proxyBeanMethods = false)
public class FakeEngine {

    /** What was asked of the fakes, in their order. */
    public static final List<String> ASKED = new CopyOnWriteArrayList<>();

    /** What the accounts hold; tests may change it. */
    public static final List<FoundCollection> COLLECTIONS = new CopyOnWriteArrayList<>(List.of(
            new FoundCollection("/work/", Kind.EVENT, "Work", false, Map.of("colour", "#ff0000")),
            new FoundCollection("/todo/", Kind.TASK, "To do", false, Map.of()),
            new FoundCollection("/holidays/", Kind.EVENT, "Holidays", true, Map.of())));

    @Bean
    @Primary
    ProviderGateway fakeGateway() {
        return new ProviderGateway() {
            @Override
            public FoundAccount connect(ConnectionRef connection, Map<String, String> credentials) {
                ASKED.add("connect " + connection.provider() + " " + connection.address());
                var secret = credentials.getOrDefault("password", credentials.getOrDefault("token", ""));
                fail(secret);
                return new FoundAccount(
                        credentials.getOrDefault("username", "token"),
                        connection.address(),
                        Map.of("home", connection.address() + "home", "collections", secret));
            }

            @Override
            public List<FoundCollection> collections(ConnectionRef connection) {
                if ("no-collections".equals(connection.endpoint("collections"))) {
                    throw new FaultException(new Fault.Transient("the list of calendars did not come"));
                }
                return List.copyOf(COLLECTIONS);
            }

            @Override
            public void unsubscribe(ConnectionRef connection, Duration patience) {
                ASKED.add("unsubscribe " + connection.provider());
            }
        };
    }

    private static void fail(String secret) {
        switch (secret) {
            case "wrong" -> throw new FaultException(new Fault.NeedsReconnect("the password is not accepted"));
            case "down" -> throw new FaultException(new Fault.Transient("the server does not answer"));
            case "forbidden" -> throw new FaultException(new Fault.Rejected("this account has no calendar"));
            case "nothing" -> throw new FaultException(new Fault.Gone("there is no calendar at this address"));
            case "garbage" -> throw new FaultException(new Fault.Unreadable("the server speaks no CalDAV"));
            case "busy" -> throw new FaultException(new Fault.RateLimited("too many requests", Instant.EPOCH));
            default -> {}
        }
    }

    @Bean
    @Primary
    DayflowRows fakeRows() {
        return (userId, items) -> ASKED.add("remove " + userId + " " + sorted(items));
    }

    @Bean
    @Primary
    ResolveConflict fakeResolve(JdbcClient jdbc) {
        return (UUID userId, UUID conflictId, Resolution resolution, Map<String, JsonNode> values) -> {
            ASKED.add("resolve " + conflictId + " " + resolution + " " + values);
            jdbc.sql("update hub.conflict set status = 'resolved', resolution = ?, resolved_at = now() where id = ?")
                    .params(resolution.name().toLowerCase(Locale.ROOT), conflictId)
                    .update();
            return true;
        };
    }

    @Bean
    @Primary
    BringBack fakeBringBack() {
        return (userId, conflictId, values) -> ASKED.add("bring back " + conflictId + " " + values);
    }

    @Bean
    @Primary
    ReplayDeadLetter fakeReplay() {
        return new ReplayDeadLetter() {
            @Override
            public void replay(UUID userId, UUID deadLetterId) {
                ASKED.add("replay " + userId + " " + deadLetterId);
            }

            @Override
            public void giveUp(UUID userId, UUID deadLetterId) {
                // there is no engine that holds anything back
            }
        };
    }

    private static List<UUID> sorted(Collection<UUID> ids) {
        return ids.stream().sorted().toList();
    }
}

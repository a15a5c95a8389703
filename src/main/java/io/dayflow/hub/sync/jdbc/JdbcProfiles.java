package io.dayflow.hub.sync.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.connection.DeletePolicy;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.connection.SyncDirection;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.mapping.MappedLens;
import io.dayflow.hub.mapping.Mappings;
import io.dayflow.hub.merge.FieldLens;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.sync.Profile;
import io.dayflow.hub.sync.Profiles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Connections of hub.connection, with the facts of config/providers. */
@Component
class JdbcProfiles implements Profiles {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ProviderCatalog catalog;
    private final Mappings mappings;
    private final ObjectMapper json;

    JdbcProfiles(JdbcClient jdbc, ProviderCatalog catalog, Mappings mappings, ObjectMapper json) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.mappings = mappings;
        this.json = json;
    }

    @Override
    public Optional<Configured> find(UUID connectionId) {
        return jdbc.sql("select * from hub.connection where id = :id and disconnected_at is null")
                .param("id", connectionId)
                .query((row, n) -> configured(
                        new ConnectionRef(
                                row.getObject("id", UUID.class),
                                row.getObject("user_id", UUID.class),
                                row.getString("provider"),
                                row.getString("address"),
                                row.getString("account"),
                                read(row.getString("endpoints"), TEXTS)),
                        row.getString("settings")))
                .optional();
    }

    @Override
    public List<Configured> ofUser(UUID userId) {
        return jdbc.sql("""
                        select id from hub.connection
                        where user_id = :user and disconnected_at is null and active and confirmed_at is not null
                        order by id
                        """).param("user", userId).query(UUID.class).list().stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    private Configured configured(ConnectionRef connection, String storedSettings) {
        Provider provider = catalog.find(connection.provider())
                .orElseThrow(() -> new IllegalStateException(
                        "config/providers has no " + connection.provider() + ".yaml, but there is a connection to it"));
        Settings settings = Settings.of(
                read(storedSettings, new TypeReference<ObjectNode>() {}),
                provider.poll().fastest());
        Map<Kind, Lens> lenses = new EnumMap<>(Kind.class);
        provider.fields().forEach((kind, fields) -> lenses.put(kind, lens(provider, kind, Set.copyOf(fields))));
        Provider.Webhook webhook = provider.webhook();
        Profile profile = new Profile(
                connection,
                settings.strategies(),
                lenses,
                settings.deletePolicy() == DeletePolicy.KEEP,
                settings.syncDirection() != SyncDirection.ONE_WAY,
                webhook != null && webhook.ordered());
        return new Configured(connection, settings, provider, profile);
    }

    private Lens lens(Provider provider, Kind kind, Set<String> fields) {
        String document = provider.views().get(kind);
        return document == null
                ? new FieldLens(kind, fields)
                : new MappedLens(kind, fields, provider.id(), () -> mappings.get(document));
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a connection's stored document cannot be read", e);
        }
    }
}

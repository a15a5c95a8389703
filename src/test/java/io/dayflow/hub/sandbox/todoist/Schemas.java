package io.dayflow.hub.sandbox.todoist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dayflow.hub.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The service's published types: what the stand-in answers and sends has to be of them. */
final class Schemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Schemas() {}

    static void check(String type, JsonNode body) {
        var schema = SCHEMAS.computeIfAbsent(type, Schemas::load);
        assertThat(schema.validate(body)).as("%s: %s", type, body).isEmpty();
    }

    private static Schema load(String type) {
        var file = SharedData.path("specs/todoist/derived/" + type + ".schema.json");
        try {
            return REGISTRY.getSchema(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.dayflow.hub.fuzz;

import io.dayflow.hub.RunningHub;
import io.dayflow.hub.refusal.InvalidRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Calls with faults that only some inputs meet. No bean: they are there while a test wants them. */
public final class Planted {

    static final String PATH = "/api/planted";

    private final RequestMappingHandlerMapping mappings;
    private final JdbcClient jdbc;

    Planted(RequestMappingHandlerMapping mappings, JdbcClient jdbc) {
        this.mappings = mappings;
        this.jdbc = jdbc;
    }

    /** What the calls take. */
    public record Thing(
            @Nullable String title,
            @Nullable Integer count,
            @Nullable String note) {}

    /** What goes on while one of them is there. */
    interface Work {
        void run() throws Exception;
    }

    /** @param call the name of one of the public methods below */
    void during(String call, Work work) throws Exception {
        var info = RequestMappingInfo.paths(PATH + "/" + call)
                .methods(RequestMethod.POST)
                .options(mappings.getBuilderConfiguration())
                .build();
        mappings.registerMapping(info, this, Planted.class.getMethod(call, Thing.class));
        try {
            work.run();
        } finally {
            mappings.unregisterMapping(info);
        }
    }

    /** Has forgotten that a number may be negative. */
    public ResponseEntity<String> breaks(@RequestBody Thing thing) {
        Integer count = thing.count();
        return ResponseEntity.ok("x".repeat(Math.min(10, count == null ? 0 : count)));
    }

    /** Keeps what it then refuses. */
    public ResponseEntity<String> keeps(@RequestBody Thing thing) {
        if (thing.title() != null && thing.title().isBlank()) {
            jdbc.sql("insert into public.tasks (id, user_id, title) values (?, ?, 'kept')")
                    .params(UUID.randomUUID(), RunningHub.USER)
                    .update();
            throw new InvalidRequest("title", "must not be blank");
        }
        return ResponseEntity.ok("");
    }

    /** Tells who made a mistake where it was made. */
    public ResponseEntity<String> tells(@RequestBody Thing thing) {
        if ("Work".equals(thing.title())) {
            return ResponseEntity.badRequest()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body("{\"status\": 400, \"detail\": \"no such thing\\n\\tat io.dayflow.Thing.of(Thing.java:1)\"}");
        }
        return ResponseEntity.ok("");
    }
}

package io.dayflow.hub.web;

import io.dayflow.hub.live.EventStream;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells an open page that something changed; the page then asks for the part that shows it. */
@Controller
class LivePage {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventStream stream;

    LivePage(EventStream stream) {
        this.stream = stream;
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(Visitor visitor) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(stream.openForTypes(visitor.userId(), visitor.caller().operator(), PAUSE));
    }

    /** The sidebar's places and counts. */
    @GetMapping("/parts/navigation")
    String navigation() {
        return "layout :: navigation";
    }
}

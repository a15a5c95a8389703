package io.dayflow.hub.routing;

import io.dayflow.hub.live.EventStream;
import io.dayflow.hub.livefile.FileScan;
import io.dayflow.hub.livefile.FileScan.Change;
import io.dayflow.hub.livefile.Refusals;
import io.dayflow.hub.mapping.Mappings;
import io.dayflow.hub.provider.InvalidProviderFile;
import io.dayflow.hub.provider.ProviderCatalog;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks twice a second whether route files, documents or providers' files were edited, and takes them into use. */
@Component
class LiveFiles {

    private static final Logger log = LoggerFactory.getLogger(LiveFiles.class);
    private static final long EVERY_MILLIS = 500;

    private final FileScan routeFiles;
    private final FileScan documents;
    private final FileScan providerFiles;
    private final LiveRoutes routes;
    private final Mappings mappings;
    private final ProviderCatalog catalog;
    private final Refusals refusals;
    private final EventStream events;
    private final Set<String> refusedProviders = new TreeSet<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-files").daemon().factory());

    LiveFiles(
            @Value("${hub.home:.}") Path home,
            CamelContext camel,
            Mappings mappings,
            ProviderCatalog catalog,
            Refusals refusals,
            EventStream events) {
        Path folder = home.resolve("routes");
        this.routeFiles = new FileScan(folder, ".camel.yaml");
        this.documents = new FileScan(folder, ".jq");
        this.providerFiles = new FileScan(catalog.folder(), ".yaml");
        this.routes = new LiveRoutes(camel, refusals);
        this.mappings = mappings;
        this.catalog = catalog;
        this.refusals = refusals;
        this.events = events;
    }

    /** Takes the files as they are, and looks at them from then on. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        routes.begin(routeFiles.begin());
        documents.begin().keySet().forEach(mappings::changed);
        providerFiles.begin();
        looking.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        looking.shutdownNow();
    }

    private void look() {
        try {
            boolean edited = documentsEdited();
            providers(edited);
            routes();
        } catch (RuntimeException e) {
            log.warn("edited files could not be looked at, the next look may", e);
        }
    }

    private boolean documentsEdited() {
        List<Change> changes = documents.changes();
        for (Change change : changes) {
            mappings.changed(change.name());
        }
        return !changes.isEmpty();
    }

    /** A file that was refused for a document's sake may be good after that was edited. */
    private void providers(boolean documentsEdited) {
        Set<String> names = new TreeSet<>();
        providerFiles.changes().forEach(change -> names.add(change.name()));
        if (documentsEdited) {
            names.addAll(refusedProviders);
        }
        boolean used = false;
        for (String name : names) {
            String shown = "config/providers/" + name;
            try {
                catalog.reload(name);
                used = true;
                refusedProviders.remove(name);
                refusals.lift(shown);
                log.info("{} is in use", shown);
            } catch (InvalidProviderFile e) {
                refusedProviders.add(name);
                refusals.refuse(shown, e.line(), e.reason());
            }
        }
        if (used) {
            // cards tell what these files say, and no row of theirs has changed
            events.missed();
        }
    }

    private void routes() {
        Map<String, String> written = new TreeMap<>();
        for (Change change : routeFiles.changes()) {
            switch (change) {
                case Change.Written file -> written.put(file.name(), file.content());
                case Change.Deleted file -> routes.deleted(file.name());
            }
        }
        if (!written.isEmpty()) {
            routes.written(written);
        }
    }
}

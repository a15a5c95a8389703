package io.dayflow.hub.provider;

import io.dayflow.hub.provider.ProviderFile.Described;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services that the hub knows, one per file in {@code config/providers}. The folder {@code config} is the one in
 * the hub's home, unless {@code hub.config-dir} names another; {@code hub.providers.<service>.base-url} overrides an
 * address.
 */
public class ProviderCatalog {

    private static final Logger log = LoggerFactory.getLogger(ProviderCatalog.class);

    private final Path folder;
    private final Function<String, @Nullable String> addressOverride;
    private final MappingCheck check;
    private volatile SortedMap<String, Described> files;

    /** @throws InvalidProviderFile if a file is broken */
    public ProviderCatalog(Path folder, Function<String, @Nullable String> addressOverride) {
        this(folder, addressOverride, MappingCheck.NONE);
    }

    /**
     * @param check of the jq in the files
     * @throws InvalidProviderFile if a file is broken
     */
    public ProviderCatalog(Path folder, Function<String, @Nullable String> addressOverride, MappingCheck check) {
        this.folder = folder;
        this.addressOverride = addressOverride;
        this.check = check;
        this.files = read();
        log.info(
                "Services known from {}: {}",
                folder.toAbsolutePath(),
                all().stream().map(Provider::id).toList());
    }

    /** The provider of that id. */
    public Optional<Provider> find(String id) {
        return Optional.ofNullable(files.get(id)).map(Described::provider);
    }

    /** All that can be connected, by id. */
    public Collection<Provider> all() {
        return files.values().stream()
                .map(Described::provider)
                .filter(Objects::nonNull)
                .toList();
    }

    /** How a service lets its users allow access by OAuth 2.0, also where it has no routes yet; empty where it does not. */
    public Optional<Oauth> oauth(String id) {
        return Optional.ofNullable(files.get(id)).map(Described::oauth);
    }

    /** How a service asks whether the hub answers, also where it has no routes yet; empty where it does not ask. */
    public Optional<Handshake> handshake(String id) {
        return Optional.ofNullable(files.get(id)).map(Described::handshake);
    }

    /** The ids of all services that are described, those without routes too. */
    public Collection<String> described() {
        return files.keySet();
    }

    /**
     * Reads the files again.
     *
     * @throws InvalidProviderFile if one is broken; then everything stays as it was
     */
    public synchronized void reload() {
        files = read();
    }

    /**
     * Reads one file again, or for the first time.
     *
     * @param file its name, for example {@code caldav.yaml}
     * @throws InvalidProviderFile if it is broken or gone; then everything stays as it was
     */
    public synchronized void reload(String file) {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            throw new InvalidProviderFile(
                    path, 0, "the file is gone; its service goes on as it was until the hub starts again");
        }
        Described described = ProviderFile.read(path, addressOverride, check);
        var all = new TreeMap<>(files);
        all.put(described.id(), described);
        files = all;
    }

    /** Where the files lie. */
    public Path folder() {
        return folder;
    }

    private SortedMap<String, Described> read() {
        var found = new TreeMap<String, Described>();
        if (!Files.isDirectory(folder)) {
            log.warn("There is no folder {}: no service can be connected", folder.toAbsolutePath());
            return found;
        }
        try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path file : files) {
                var described = ProviderFile.read(file, addressOverride, check);
                found.put(described.id(), described);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}

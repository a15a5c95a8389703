package io.dayflow.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.springframework.boot.system.ApplicationHome;

/**
 * The folder with {@code routes} and {@code config}: the one the hub was started in, else the one that holds the jar, else
 * the one above (a jar in {@code target} belongs to the folder of its pom). So a start from anywhere finds them.
 */
record HubHome(Path folder) {

    static HubHome find() {
        return find(
                Path.of(""), new ApplicationHome(HubApplication.class).getDir().toPath());
    }

    static HubHome find(Path startedIn, Path jarFolder) {
        var places = new LinkedHashSet<Path>();
        places.add(startedIn.toAbsolutePath().normalize());
        places.add(jarFolder.toAbsolutePath().normalize());
        Optional.ofNullable(jarFolder.toAbsolutePath().normalize().getParent()).ifPresent(places::add);
        return places.stream()
                .filter(place -> Files.isDirectory(place.resolve("routes")))
                .findFirst()
                .map(HubHome::new)
                .orElseThrow(
                        () -> new CannotStart("There is no folder 'routes', which says what the hub is to do. It was"
                                + " looked for in " + places
                                + ". Start the hub in the folder that holds routes and config, or"
                                + " put both beside the jar"));
    }

    /** Tells Spring where things are, unless somebody has told it already. */
    void announce() {
        setUnlessSet("hub.home", folder.toString());
        setUnlessSet("spring.config.additional-location", "optional:file:" + folder + "/config/");
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

package io.dayflow.hub.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Says whether the programs that some tests need are installed on this machine. */
public final class RealServers {

    private RealServers() {}

    /**
     * Goes on when the program is on the {@code PATH}; otherwise fails the test where {@code CI=true}, and skips it
     * elsewhere, naming the Debian packages to install.
     */
    public static void require(String program, String debianPackages) {
        require(List.of(program), debianPackages);
    }

    /** The same for the first of several programs that is there, any of which will do. Returns where it is. */
    public static Path require(List<String> programs, String debianPackages) {
        var found = programs.stream().flatMap(program -> find(program).stream()).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        String message = String.join(" or ", programs) + " is not installed; this test needs it: apt-get install "
                + debianPackages;
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(message);
        }
        return Assumptions.abort(message);
    }

    /** True when an executable file of this name is in a folder of the {@code PATH}. */
    public static boolean installed(String program) {
        return find(program).isPresent();
    }

    private static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

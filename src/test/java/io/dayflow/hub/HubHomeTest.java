package io.dayflow.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubHomeTest {

    @TempDir
    Path folder;

    @Test
    void theFolderOfTheStartWinsThenTheJarsThenTheOneAbove() throws IOException {
        var project = Files.createDirectories(folder.resolve("project"));
        var target = Files.createDirectories(project.resolve("target"));
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        Files.createDirectory(project.resolve("routes"));
        assertThat(HubHome.find(elsewhere, target).folder()).isEqualTo(project);
        Files.createDirectory(target.resolve("routes"));
        assertThat(HubHome.find(elsewhere, target).folder()).isEqualTo(target);
        Files.createDirectory(elsewhere.resolve("routes"));
        assertThat(HubHome.find(elsewhere, target).folder()).isEqualTo(elsewhere);
    }

    @Test
    void withoutRoutesItSaysWhereItLooked() {
        assertThatThrownBy(() -> HubHome.find(folder, folder.resolve("jar")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("routes");
    }
}

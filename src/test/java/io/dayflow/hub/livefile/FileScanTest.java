package io.dayflow.hub.livefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.livefile.FileScan.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileScanTest {

    @TempDir
    Path folder;

    @Test
    void whatIsThereAtTheStartIsNoChange() throws IOException {
        write("a/one.x", "1");
        FileScan scan = new FileScan(folder, ".x");

        assertThat(scan.begin()).containsEntry("a/one.x", "1");
        assertThat(scan.changes()).isEmpty();
        assertThat(scan.changes()).isEmpty();
    }

    @Test
    void aChangeIsToldOnceAndAfterItHasSettled() throws IOException {
        write("one.x", "1");
        FileScan scan = new FileScan(folder, ".x");
        scan.begin();

        write("one.x", "22");
        assertThat(scan.changes()).isEmpty();
        write("one.x", "333");
        assertThat(scan.changes()).isEmpty();
        assertThat(scan.changes()).containsExactly(new Change.Written("one.x", "333"));
        assertThat(scan.changes()).isEmpty();
    }

    @Test
    void newFoldersAreNoticedAndOtherFilesAreNot() throws IOException {
        FileScan scan = new FileScan(folder, ".x");
        scan.begin();

        write("new/deep/one.x", "1");
        write("new/deep/one.y", "1");
        write("new/.hidden.x", "1");
        scan.changes();

        assertThat(scan.changes()).containsExactly(new Change.Written("new/deep/one.x", "1"));
    }

    @Test
    void aFileThatIsReplacedIsWrittenAndOneThatStaysAwayIsDeleted() throws IOException {
        write("one.x", "1");
        FileScan scan = new FileScan(folder, ".x");
        scan.begin();

        Files.delete(folder.resolve("one.x"));
        assertThat(scan.changes()).isEmpty();
        Path beside = Files.writeString(folder.resolve("one.tmp"), "22");
        Files.move(beside, folder.resolve("one.x"), StandardCopyOption.REPLACE_EXISTING);
        scan.changes();
        assertThat(scan.changes()).containsExactly(new Change.Written("one.x", "22"));

        Files.delete(folder.resolve("one.x"));
        scan.changes();
        assertThat(scan.changes()).containsExactly(new Change.Deleted("one.x"));
        assertThat(scan.changes()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() {
        FileScan scan = new FileScan(folder.resolve("none"), ".x");

        assertThat(scan.begin()).isEmpty();
        assertThat(scan.changes()).isEmpty();
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}

package io.dayflow.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.server.CalendarCorpus;
import io.dayflow.hub.server.Radicale;
import io.dayflow.hub.server.ServerLogs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tool that the benchmark compares with does its work here. */
@ExtendWith(ServerLogs.class)
class VdirsyncerIT {

    @Test
    void itCopiesTheWholeMadeUpCalendar(@TempDir Path server, @TempDir Path copy) {
        Vdirsyncer.installed();
        try (Radicale radicale = Radicale.prepare(server)) {
            new CalendarCorpus(1).write(radicale, "work", "Work", 40);
            radicale.start();
            Vdirsyncer vdirsyncer = Vdirsyncer.discover(copy, radicale, "work");
            assertThat(vdirsyncer.copied()).isZero();
            vdirsyncer.sync();
            assertThat(vdirsyncer.copied()).isEqualTo(40);
        }
    }
}

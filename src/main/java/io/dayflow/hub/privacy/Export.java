package io.dayflow.hub.privacy;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.Deed;
import io.dayflow.hub.refusal.ConflictingState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything that is held about a user, as a ZIP of JSON and iCalendar, as it was at one moment. Rows go out as they come from
 * the database: a few hundred are in memory, however many there are. Thread-safe.
 */
@Component
public class Export {

    private static final int ROWS = 200;

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final ExportedCalendar calendar;
    private final OpenedRows opened;
    private final Reach reach;
    private final Erase erase;
    private final Audit audit;
    private final PrivacySettings settings;
    private final Clock clock;
    private final Semaphore places;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    Export(
            DataSource database,
            PlatformTransactionManager manager,
            ExportedCalendar calendar,
            OpenedRows opened,
            Reach reach,
            Erase erase,
            Audit audit,
            PrivacySettings settings,
            Clock clock) {
        var template = new JdbcTemplate(database);
        template.setFetchSize(ROWS);
        this.jdbc = new NamedParameterJdbcTemplate(template);
        this.snapshot = new TransactionTemplate(manager);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.calendar = calendar;
        this.opened = opened;
        this.reach = reach;
        this.erase = erase;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.exports());
    }

    /** Where the bytes go, once there are any: until {@link #open} is called nothing was sent. */
    @FunctionalInterface
    public interface Target {
        OutputStream open() throws IOException;
    }

    /**
     * Writes the user's export. It is in the audit trail before the first byte goes out.
     *
     * @throws ConflictingState if the user's data are being erased, the user's export is under way, or too many are; nothing
     *     is sent then
     * @throws IOException if the receiver is gone, or the export takes longer than {@code hub.privacy.export-longest}: what
     *     was sent then is no complete ZIP, and does not open
     */
    public void write(UUID userId, Target target) throws IOException {
        erase.refuse(userId);
        if (!underWay.add(userId)) {
            throw new ConflictingState("An export of this user is under way. Wait until it is complete.");
        }
        try {
            if (!places.tryAcquire()) {
                throw new ConflictingState("Too many exports are under way. Try again in a few minutes.");
            }
            try {
                audit.record(Deed.DATA_EXPORTED, userId, null, null, Map.of());
                var end = clock.instant().plus(settings.exportLongest());
                snapshot.executeWithoutResult(status -> write(userId, target, end));
            } finally {
                places.release();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            underWay.remove(userId);
        }
    }

    private void write(UUID userId, Target target, Instant end) {
        try {
            // closed by whoever opened what is below: an export that breaks off must not get the end of a complete one
            var zip = new ZipOutputStream(target.open(), StandardCharsets.UTF_8);
            begin(zip, "README.txt");
            zip.write(ExportReadme.text(clock.instant(), exported(), deeds()).getBytes(StandardCharsets.UTF_8));
            for (var table : exported()) {
                begin(zip, String.valueOf(table.file()));
                var parameters =
                        reach.of(userId).addValue("withheld", table.withheld().toArray(String[]::new));
                rows(
                        zip,
                        "select (to_jsonb(t) - :withheld" + table.shown() + ")::text" + OpenedRows.columns(table)
                                + " from " + table.name() + " t where (" + table.reach() + ")",
                        parameters,
                        row -> opened.text(table, row),
                        end);
            }
            for (var deed : deeds()) {
                begin(zip, String.valueOf(deed.file()));
                rows(
                        zip,
                        "select to_jsonb(d)::text from (select " + deed.shown() + " from " + deed.table() + " t where ("
                                + deed.reach() + ")) d",
                        reach.of(userId),
                        row -> row.getString(1),
                        end);
            }
            begin(zip, ExportReadme.CALENDAR);
            var out = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
            calendar.write(jdbc, userId, out, () -> check(end));
            out.flush();
            zip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<HeldTable> exported() {
        return HeldTables.all().stream().filter(table -> table.file() != null).toList();
    }

    private static List<HeldDeed> deeds() {
        return HeldTables.deeds().stream().filter(deed -> deed.file() != null).toList();
    }

    private void begin(ZipOutputStream zip, String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(clock.instant().atOffset(ZoneOffset.UTC).toLocalDateTime());
        zip.putNextEntry(entry);
    }

    @FunctionalInterface
    private interface Told {
        String text(ResultSet row) throws SQLException;
    }

    private void rows(ZipOutputStream zip, String sql, MapSqlParameterSource parameters, Told told, Instant end)
            throws IOException {
        Writer out = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        out.write('[');
        boolean[] first = {true};
        RowCallbackHandler write = row -> {
            check(end);
            try {
                out.write(first[0] ? "\n" : ",\n");
                out.write(told.text(row));
                first[0] = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        jdbc.query(sql, parameters, write);
        out.write("\n]\n");
        out.flush();
    }

    private void check(Instant end) {
        if (clock.instant().isAfter(end)) {
            throw new UncheckedIOException(new IOException("the export takes too long"));
        }
    }
}

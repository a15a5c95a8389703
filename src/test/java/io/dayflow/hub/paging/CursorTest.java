package io.dayflow.hub.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void whatIsWrittenIsReadBack() {
        var cursor = Cursor.of(Instant.parse("2026-01-02T03:04:05.678901Z"), UUID.randomUUID());

        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
        assertThat(Cursor.parse(Cursor.of(17).text())).isEqualTo(Cursor.of(17));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-01T00:00:00Z",
                "soon 1",
                "2026-01-01T00:00:00Z \u0000",
                "2026-01-01T00:00:00Z a\u0000b",
                "-0100-01-01T00:00:00Z 1",
                "+10000-01-01T00:00:00Z 1"
            })
    void whatTheDatabaseWouldNotTakeIsNoCursor(String plain) {
        assertThat(Cursor.parse(Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8))))
                .isNull();
    }
}

package io.dayflow.hub.web;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.PageRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which part of a list an address asks for. What makes no sense asks for the beginning. */
final class Pages {

    private Pages() {}

    static PageRequest byId(@Nullable String cursor, int limit) {
        return new PageRequest(limit, read(cursor, Cursor::id));
    }

    static PageRequest byNumber(@Nullable String cursor, int limit) {
        return new PageRequest(limit, read(cursor, Cursor::number));
    }

    private static @Nullable Cursor read(@Nullable String text, Function<Cursor, @Nullable Object> key) {
        var cursor = text == null ? null : Cursor.parse(text);
        return cursor == null || key.apply(cursor) == null ? null : cursor;
    }
}

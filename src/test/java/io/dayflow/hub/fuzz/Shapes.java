package io.dayflow.hub.fuzz;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON that a type of request may take, mostly: the ground that mutations start from. */
final class Shapes {

    private static final List<String> WORDS = List.of(
            "authorize",
            "connect",
            "sync",
            "testcal",
            "testtasks",
            "full",
            "incremental",
            "pause",
            "resume",
            "cancel",
            "confirm",
            "undo",
            "keep_dayflow",
            "keep_external",
            "merge",
            "job",
            "alert",
            "own",
            "all",
            "Work",
            "https://203.0.113.9.example.org/hook",
            "title",
            "Grüße 🎉");

    /** What fields of that name may hold, most often. */
    private static final Map<String, List<String>> BY_NAME = Map.of(
            "action", List.of("connect", "sync", "authorize", "pause", "resume", "cancel", "confirm", "undo"),
            "resolution", List.of("keep_dayflow", "keep_external", "merge"),
            "service", List.of("testcal", "testtasks"),
            "mode", List.of("full", "incremental"),
            "url", List.of("https://203.0.113.9/hook", "https://hook.example.org/a?b=c"),
            "events", List.of("job", "conflict", "alert"),
            "secret", List.of("a-secret-of-the-fuzzer"));

    private final Random random;
    private final List<String> ids;

    Shapes(Random random, List<String> ids) {
        this.random = random;
        this.ids = ids;
    }

    String of(Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class ->
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> of(list.getActualTypeArguments()[0]))
                        .collect(Collectors.joining(",", "[", "]"));
            case ParameterizedType map when map.getRawType() == Map.class -> object();
            case Class<?> known
            when known.isRecord() ->
                Arrays.stream(known.getRecordComponents())
                        .filter(component -> random.nextInt(5) > 0)
                        .map(component -> quoted(component.getName()) + ":" + of(component))
                        .collect(Collectors.joining(",", "{", "}"));
            case Class<?> known
            when known.isEnum() ->
                quoted(known.getEnumConstants()[random.nextInt(known.getEnumConstants().length)]
                        .toString()
                        .toLowerCase(Locale.ROOT));
            case Class<?> known when known == Boolean.class || known == boolean.class -> "" + random.nextBoolean();
            case Class<?> known
            when Number.class.isAssignableFrom(known) || known.isPrimitive() -> "" + random.nextInt(1000);
            case Class<?> known when known == UUID.class -> quoted(id());
            case Class<?> known when known.getPackageName().startsWith("com.fasterxml") -> object();
            default -> quoted(random.nextInt(4) == 0 ? id() : word());
        };
    }

    private String of(RecordComponent component) {
        String name = component.getName();
        var usual = BY_NAME.get(name);
        if (usual != null && component.getType() != List.class && random.nextInt(8) > 0) {
            return quoted(usual.get(random.nextInt(usual.size())));
        }
        return name.toLowerCase(Locale.ROOT).endsWith("id") && random.nextInt(8) > 0
                ? quoted(id(name))
                : of(component.getGenericType());
    }

    private String object() {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> quoted(word()) + ":" + (random.nextBoolean() ? quoted(word()) : "" + random.nextInt()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    String id() {
        return ids.get(random.nextInt(ids.size()));
    }

    /** Most often of the kind that the name says. */
    String id(String name) {
        var fitting = Garden.ids(name);
        return fitting.isEmpty() || random.nextInt(3) == 0 ? id() : fitting.get(random.nextInt(fitting.size()));
    }

    String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }
}

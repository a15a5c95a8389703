package io.dayflow.hub.people;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which passwords are accepted: {@value #SHORTEST} to {@value #LONGEST} characters of any kind, nothing that is guessed
 * first. No kinds of characters are asked for (NIST SP 800-63B, 5.1.1.2).
 */
final class PasswordRules {

    static final int SHORTEST = 12;
    static final int LONGEST = 128;

    private static final int LEAST_DIFFERENT = 5;
    private static final int TELLING = 4;
    private static final List<String> RUNS = List.of(
            "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjkl");
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /**
     * What is wrong with a password; goes on after the field's name. Empty if nothing is.
     *
     * @param about names and addresses of its owner, which others know too
     */
    static Optional<String> fault(String password, List<String> about) {
        long length = password.codePoints().count();
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of("takes " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (password.indexOf('\0') >= 0) {
            return Optional.of("holds a NUL character, which is not accepted");
        }
        var plain = password.toLowerCase(Locale.ROOT);
        if (plain.codePoints().distinct().count() < LEAST_DIFFERENT) {
            return Optional.of("needs at least " + LEAST_DIFFERENT + " different characters");
        }
        if (isGuessedFirst(plain)) {
            return Optional.of("is one that is tried first: a common password, or a run of keys");
        }
        boolean tells = about.stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .flatMap(text -> Stream.concat(Stream.of(text), Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))))
                .filter(word -> word.length() >= TELLING)
                .anyMatch(word -> remainder(plain, word) < SHORTEST - TELLING);
        return tells ? Optional.of("is little more than the account's name or address") : Optional.empty();
    }

    /** With decoration taken off: digits and marks at both ends, and what is written for letters. */
    private static boolean isGuessedFirst(String plain) {
        var letters = plain.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('5', 's')
                .replace('$', 's')
                .replace('7', 't');
        return Stream.of(plain, letters)
                        .flatMap(text -> Stream.of(
                                text, text.replaceAll("^[^a-z]+|[^a-z]+$", ""), text.replaceAll("[^a-z]", "")))
                        .anyMatch(text -> COMMON.contains(text) || isRepeated(text))
                || RUNS.stream().anyMatch(run -> remainderOfRun(plain, run) < TELLING);
    }

    /** One word again and again. */
    private static boolean isRepeated(String text) {
        for (int size = 1; size <= text.length() / 2; size++) {
            var word = text.substring(0, size);
            if (text.length() % size == 0
                    && text.equals(word.repeat(text.length() / size))
                    && (size < SHORTEST / 2 || COMMON.contains(word))) {
                return true;
            }
        }
        return false;
    }

    private static int remainder(String text, String word) {
        return text.contains(word) ? text.replace(word, "").length() : Integer.MAX_VALUE;
    }

    /** How much is left without the longest piece of a run, forwards or backwards. */
    private static int remainderOfRun(String text, String run) {
        int longest = 0;
        for (var keys : List.of(run, new StringBuilder(run).reverse().toString())) {
            for (int from = 0; from < text.length(); from++) {
                int to = from;
                while (to < text.length() && keys.contains(text.substring(from, to + 1))) {
                    to++;
                }
                longest = Math.max(longest, to - from);
            }
        }
        return text.length() - longest;
    }

    private static Set<String> common() {
        try (InputStream list =
                Objects.requireNonNull(PasswordRules.class.getResourceAsStream("/people/common-passwords.txt"))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

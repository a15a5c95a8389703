package io.dayflow.hub.privacy;

import org.jspecify.annotations.Nullable;

/**
 * What a person did to rows about others. The rows stay; an erasure only takes the person out of them.
 *
 * @param table with its schema
 * @param column where the person is named
 * @param holds in words, for the person
 * @param kept how long, in words
 * @param reach a condition over the alias {@code t} that finds the rows in which the user {@code :user} is named
 * @param file in the export; null where it says nothing that another file does not
 * @param shown columns of the export: none about whom the row is about
 * @param blanked what an erasure sets
 */
record HeldDeed(
        String table,
        String column,
        String holds,
        String kept,
        String reach,
        @Nullable String file,
        String shown,
        String blanked) {

    /** In a receipt. */
    String name() {
        return table + "." + column;
    }
}

/** What the jq documents of {@code routes/todoist} read and write, without a hub. */
@NullMarked
package io.dayflow.hub.todoist;

import org.jspecify.annotations.NullMarked;

/** What a person does with the hub from the first day on, against a real calendar server, step by step. */
@NullMarked
package io.dayflow.hub.journey;

import org.jspecify.annotations.NullMarked;

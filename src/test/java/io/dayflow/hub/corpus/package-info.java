/** The calendar files of real writers on real servers, through a whole hub into DayFlow and back. */
@NullMarked
package io.dayflow.hub.corpus;

import org.jspecify.annotations.NullMarked;

package io.dayflow.hub.simulation;

/**
 * One entry of a plan. It says nothing of what there will be: the object, the field and the value are chosen when it happens,
 * from what there is then, by {@code chance}; so a plan can be played with parts left out.
 *
 * @param at milliseconds since the start
 * @param place a number that chooses the side or the instance
 */
record Happening(long at, What what, int place, long chance) {}

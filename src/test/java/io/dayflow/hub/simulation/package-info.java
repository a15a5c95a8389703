/**
 * The engine under simulation: users who edit everywhere, services with characters and faults, hub instances that crash, all
 * in one thread under one seed and a virtual clock. See {@code docs/simulation.md}.
 */
@NullMarked
package io.dayflow.hub.simulation;

import org.jspecify.annotations.NullMarked;

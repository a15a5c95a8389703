/**
 * What a use case says when it does not do what it was asked: the input is wrong, the thing is not there, the state
 * forbids it, or the service refused. Package api turns each into a problem document; nobody else needs to catch them.
 */
@NullMarked
package io.dayflow.hub.refusal;

import org.jspecify.annotations.NullMarked;

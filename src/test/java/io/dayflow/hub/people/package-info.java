/** Who signs in, and who does not. */
package io.dayflow.hub.people;

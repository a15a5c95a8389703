/** Tests of the keyset while hubs run. */
@org.jspecify.annotations.NullMarked
package io.dayflow.hub.keyset;

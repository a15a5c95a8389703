/**
 * What every provider has to keep, on a running hub against the sandbox's stand-ins, seen through public interfaces: REST, the
 * sandbox's own calls, DayFlow's tables. A new provider extends {@link io.dayflow.hub.contract.ProviderContract}.
 */
@NullMarked
package io.dayflow.hub.contract;

import org.jspecify.annotations.NullMarked;

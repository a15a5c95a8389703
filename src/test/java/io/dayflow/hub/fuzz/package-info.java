/** Generated requests: whatever comes in, nothing breaks, and nothing that was refused is kept. */
package io.dayflow.hub.fuzz;

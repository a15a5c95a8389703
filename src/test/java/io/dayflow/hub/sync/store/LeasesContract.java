package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.LeaseLost;
import io.dayflow.hub.sync.Leases;
import org.junit.jupiter.api.Test;

/** One instance at a time works on something, and whoever was followed by another cannot commit. */
interface LeasesContract {

    Store store();

    private String resource() {
        return "run:" + store().id();
    }

    @Test
    default void oneOfTwoGetsItAndTheOtherWhenItIsGivenBack() {
        Leases one = store().ports().leases();
        Leases two = store().otherInstance();
        String resource = resource();
        Lease lease = one.take(resource).orElseThrow();

        assertThat(two.take(resource)).isEmpty();
        assertThat(one.take(resource)).as("not even the holder twice").isEmpty();
        assertThat(two.take(resource())).isPresent();
        one.release(lease);
        assertThat(two.take(resource)).isPresent();
    }

    @Test
    default void whoeverWasFollowedIsFencedOffAndTakesNothingBack() {
        Leases silent = store().ports().leases();
        Leases other = store().otherInstance();
        String resource = resource();
        Lease lost = silent.take(resource).orElseThrow();
        store().expire(resource);
        Lease held = other.take(resource).orElseThrow();

        silent.renew();
        assertThatThrownBy(() -> silent.fence(lost)).isInstanceOf(LeaseLost.class);
        silent.release(lost);
        other.fence(held);
        assertThat(silent.take(resource)).isEmpty();
    }

    @Test
    default void whoeverIsLateButNotFollowedGoesOn() {
        Leases late = store().ports().leases();
        String resource = resource();
        Lease lease = late.take(resource).orElseThrow();
        store().expire(resource);

        late.fence(lease);

        assertThat(store().otherInstance().take(resource))
                .as("the fence renewed it")
                .isEmpty();
        store().expire(resource);
        late.renew();
        assertThat(store().otherInstance().take(resource))
                .as("as renewing does")
                .isEmpty();
    }

    @Test
    default void aForgottenLeaseRunsOut() {
        Leases one = store().ports().leases();
        String resource = resource();
        Lease lease = one.take(resource).orElseThrow();
        one.forget(lease);
        store().expire(resource);

        one.renew();

        assertThat(store().otherInstance().take(resource)).isPresent();
    }

    @Test
    default void aReleasedLeaseIsHeldNoMore() {
        Leases one = store().ports().leases();
        Lease lease = one.take(resource()).orElseThrow();
        one.release(lease);
        one.renew();

        assertThatThrownBy(() -> one.fence(lease)).isInstanceOf(LeaseLost.class);
        one.release(lease);
        assertThat(store().otherInstance().take(lease.resource())).isPresent();
    }
}

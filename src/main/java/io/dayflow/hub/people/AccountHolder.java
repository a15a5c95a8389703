package io.dayflow.hub.people;

/** A principal that a sign-in has just proved, by whatever way. */
interface AccountHolder {

    SignedIn person();
}

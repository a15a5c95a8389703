# Whether the answer in hand is a full listing. It can be stale on large accounts: what changed since follows at once.
$state.full

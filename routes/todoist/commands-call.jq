# Sends commands. It may be sent again: a uuid is executed once.
{method: "POST", path: "/sync", json: {commands: $state.commands}, repeatable: true}

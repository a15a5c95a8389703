# Asks for all tasks that are not done.
{method: "POST", path: "/sync", json: {sync_token: "*", resource_types: ["items"]}, repeatable: true}

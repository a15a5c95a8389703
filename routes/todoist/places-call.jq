# Asks for all projects and sections, in one request.
{method: "POST", path: "/sync", json: {sync_token: "*", resource_types: ["projects", "sections"]}, repeatable: true}

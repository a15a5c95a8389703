# Asks for the tasks below one that is to be deleted.
{method: "GET", path: "/tasks", query: {parent_id: $push.externalId, limit: 200}, expected: [400, 404]}

# Asks for the task that is to be written. One that is not there is an answer.
{method: "GET", path: "/tasks/\($push.externalId | @uri)", expected: [404]}

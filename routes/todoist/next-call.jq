# Asks for the next task that is to be read. One that is not there is an answer.
{method: "GET", path: "/tasks/\($state.open[0] | @uri)", expected: [404]}

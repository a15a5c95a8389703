# Asks whose token it is.
{method: "GET", path: "/whoami"}

# Whose token it is -> that nothing has changed.
{entries: [], cursor: .account, coverage: "changes"}

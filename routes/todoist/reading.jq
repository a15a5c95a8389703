# The ids to be read, and what was read so far.
{open: ., read: []}

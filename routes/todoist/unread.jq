# Whether there is another task to read.
($state.open | length) > 0

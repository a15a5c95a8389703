# The tasks that were read.
$state.read

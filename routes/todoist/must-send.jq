# Whether there are commands to send.
$state.commands != null

# Whether there is nothing to go on from: no token, or one that was refused.
$state == null

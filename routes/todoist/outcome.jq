# How a write ended that needed no request.
$state.outcome

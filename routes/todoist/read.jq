# Takes a task in that was asked for. A deleted one still answers, and says so.
(if $answer.status == 404 or .is_deleted then {externalId: $state.open[0], payload: null}
 else {externalId: .id, version: (.updated_at // .added_at), payload: .} end) as $read
| {open: $state.open[1:], read: ($state.read + [$read])}

# An answer about tasks -> {token, full, tasks by id}; what a full listing in hand says of a task gives way to what changed
# since. Null: the token was refused, and there is no listing in hand.
def tasks: map({key: .id, value: .}) | from_entries;

if ($answer.status // 200) >= 400 then $state
elif $state == null or .full_sync then {token: .sync_token, full: .full_sync, tasks: (.items | tasks)}
else {token: .sync_token, full: $state.full, tasks: ($state.tasks + (.items | tasks))} end

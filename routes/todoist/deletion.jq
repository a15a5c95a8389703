# The commands that delete a task, or the outcome where nothing is to be sent. Todoist deletes what is below a task with it:
# nobody asked for that, so the tasks below move up first. Input: the answer about them; $state is the task as it is shown.
def uuid($what): [$connection.id, $push.itemId, $push.externalId, $push.version, $what] | tojson | name_uuid;

if $state == null or $state.is_deleted then {outcome: {deleted: true}}
elif $push.version != null and ($state.updated_at // $state.added_at) != $push.version then {outcome: {stale: $push.externalId}}
else
  (if $state.parent_id != null then {parent_id: $state.parent_id}
   elif $state.section_id != null then {section_id: $state.section_id}
   else {project_id: $state.project_id} end) as $place
  | {commands: (
      [.results[]? | select(.parent_id == $push.externalId)
       | {type: "item_move", uuid: uuid("item_move \(.id)"), args: ({id} + $place)}]
      + [{type: "item_delete", uuid: uuid("item_delete"), args: {id: $push.externalId}}])}
end

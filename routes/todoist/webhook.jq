# An event -> hints. Comments, labels, filters and reminders say nothing about a task that the hub keeps; projects and
# sections are seen by the next run.
if .event_name | test("^item:(added|updated|deleted|completed|uncompleted)$") then
  .event_data as $task
  | ($task.is_deleted // false or .event_name == "item:deleted") as $gone
  | [{
      account: .user_id,
      collection: (if $task.section_id != null then "section:\($task.section_id)" else "project:\($task.project_id)" end),
      externalId: $task.id,
      version: ($task.updated_at // $task.added_at),
      gone: $gone,
      payload: (if $gone then null else $task end)
    }]
else [] end

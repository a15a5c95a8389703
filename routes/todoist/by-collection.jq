# What the run keeps of an answer: its tasks by the collection they live in, each as text, which takes least memory.
def home: if .section_id != null then "section:\(.section_id)" else "project:\(.project_id)" end;

{
  token: $state.token,
  full: $state.full,
  homes: ([$state.tasks[]] | group_by(home) | map({
    key: (.[0] | home),
    value: map({externalId: .id, version: (.updated_at // .added_at), gone: .is_deleted, task: tojson})
  }) | from_entries)
}

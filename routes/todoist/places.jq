# Projects and sections -> collections. They are disjoint: a project's collection holds its tasks without a section.

def living: map(select((.is_deleted or .is_archived) | not));

(.projects | living) as $projects
| ($projects | map({key: .id, value: .}) | from_entries) as $by_id
| [ ($projects[]
     | {externalId: "project:\(.id)", kind: "task", name, readOnly: (.is_frozen // false), attributes: {project: .id}}),
    (.sections | living[] | . as $section | $by_id[.project_id] | select(. != null)
     | {externalId: "section:\($section.id)", kind: "task", name: "\(.name) / \($section.name)", readOnly: (.is_frozen // false),
        attributes: {project: .id, section: $section.id}}) ]

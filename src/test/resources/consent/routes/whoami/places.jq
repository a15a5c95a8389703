# One collection, to which nothing can be written.
[{externalId: .account, kind: (if $connection.provider | in_list(["google-calendar", "outlook"]) then "event" else "task" end),
  name: "All of \(.account)", readOnly: true}]

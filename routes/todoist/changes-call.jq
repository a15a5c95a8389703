# Asks what changed since a token: the one of the full listing in hand, else the collection's cursor. How Todoist refuses a
# token that it does not know any more is not documented: any of these answers leads to a full listing.
{
  method: "POST",
  path: "/sync",
  json: {sync_token: ($state.token // $collection.cursor), resource_types: ["items"]},
  expected: [400, 403, 404, 409, 410],
  repeatable: true
}

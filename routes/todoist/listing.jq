# What was kept for the run -> what it says of one collection. A full listing holds only what is not done, and what is done
# may be in what changed since; so what is absent is looked at one by one. Of a change, it matters also where a task went.
def entry: if .gone then {externalId, version, gone} else {externalId, version, payload: (.task | fromjson)} end;

. as $kept
| {
    entries: (
      [($kept.homes[$collection.externalId] // [])[] | entry]
      + (if $kept.full then []
         else [$kept.homes | to_entries[] | select(.key != $collection.externalId) | .value[] | entry + {elsewhere: true}] end)),
    cursor: $kept.token,
    coverage: (if $kept.full then "visible" else "changes" end)
  }

# What Todoist says of each command -> how the write ended. 200 alone proves nothing. The version is left out, so that the
# task is read again: the answer does not tell it.
def fault:
  (.http_code // 400) as $code
  | {
      kind: (if $code == 401 then "needs_reconnect"
             elif $code == 429 or (.error_extra.retry_after? != null) then "rate_limited"
             elif $code >= 500 then "transient"
             elif $code == 404 or $code == 410 then "gone"
             else "rejected" end),
      message: "Todoist refuses: \(.error // "no reason given") (\(.error_tag // $code))",
      retryAfter: .error_extra.retry_after?
    };

. as $said
| [$state.commands[] | $said.sync_status[.uuid] | select(. != "ok")] as $refusals
| if ($refusals | length) > 0 then
    ($refusals[0] | if . == null then {error: "the answer leaves a command out", http_code: 502} else . end | fault) as $fault
    | if $fault.kind != "gone" or $push.base == null then {fault: $fault}
      elif $push.desired == null then {deleted: true}
      else {gone: true} end
  elif $push.desired == null then {deleted: true}
  else
    ($push.externalId // null) as $known
    | (if $push.base == null then $said.temp_id_mapping[$state.commands[0].temp_id] else $known end) as $id
    | if $id == null then {fault: {kind: "unreadable", message: "Todoist does not tell the id of the new task"}}
      else {written: {externalId: $id}} end
  end

# What a task is to be -> the commands of one /sync request, or the outcome where there is nothing to send.
#
# Input: the task as Todoist shows it now, null where it shows none (a create, or it is gone). $push says what is meant.
# Only fields that differ from the base are sent. Todoist has no If-Match, so the version is compared here, a moment before.
#
# A command's uuid is made of the write it stands for: sent again after a lost answer it is the same, and Todoist, which
# executes a uuid once, does nothing. Another write has another version, or asks for something else.

def uuid($what; $args):
  [$connection.id, $push.itemId, $push.externalId, ($push.version // $push.desired), $what, $args] | tojson | name_uuid;

# --- due and recurrence -------------------------------------------------------------------------------------------------

def day_names: {MO: "mon", TU: "tue", WE: "wed", TH: "thu", FR: "fri", SA: "sat", SU: "sun"};
def month_names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
def ordinal: tostring + (if . == 1 or . == 21 or . == 31 then "st" elif . == 2 or . == 22 then "nd" elif . == 3 or . == 23 then "rd" else "th" end);
def times($unit): if . == null then $unit else "\(.) \($unit)s" end;

# The days of a rule as task-view.jq spells it, in English.
def days:
  if .FREQ == "HOURLY" then .INTERVAL | times("hour")
  elif .FREQ == "DAILY" then .INTERVAL | times("day")
  elif .BYDAY == "MO,TU,WE,TH,FR" then "weekday"
  elif .FREQ == "WEEKLY" and .BYDAY != null then
    (if .INTERVAL == null then "" else .INTERVAL + " weeks on " end) + (.BYDAY | split(",") | map(day_names[.]) | join(", "))
  elif .FREQ == "WEEKLY" then .INTERVAL | times("week")
  elif .BYMONTHDAY == "-1" then "last day"
  elif .FREQ == "MONTHLY" and .BYMONTHDAY != null and .INTERVAL != null then
    .INTERVAL + " months on the " + (.BYMONTHDAY | tonumber | ordinal)
  elif .FREQ == "MONTHLY" and .BYMONTHDAY != null then .BYMONTHDAY | split(",") | map(tonumber | ordinal) | join(", ")
  elif .FREQ == "MONTHLY" and .BYDAY != null then
    (.BYDAY[:-2] | if . == "-1" then "last" else tonumber | ordinal end) + " " + day_names[.BYDAY[-2:]]
  elif .FREQ == "MONTHLY" then .INTERVAL | times("month")
  elif .BYMONTH != null then month_names[(.BYMONTH | tonumber) - 1] + " " + .BYMONTHDAY
  else .INTERVAL | times("year") end;

# [rule, time of day or null] -> due.string and due.lang.
def english:
  .[1] as $time
  | .[0]
  | if startswith("X-TEXT=") then {string: .[7:], lang: "en"}
  elif startswith("X-LANG=") then (index(";X-TEXT=")) as $at | {string: .[$at + 8:], lang: .[7:$at]}
  else
    (split(";") | map(split("=") | {(.[0]): .[1]}) | add) as $rule
    | {
        string: ((if $rule["X-FROM"] == null then "every " else "every! " end)
          + ($rule | days)
          + (if $time == null then "" else " at " + $time end)
          + ($rule.UNTIL | if . == null then "" else " until \(.[:4])-\(.[4:6])-\(.[6:])" end)),
        lang: "en"
      }
  end;

# A day, a wall-clock time, or an instant and the zone it is told in.
def date:
  if . == null then {}
  elif endswith("Z") then {date: ., timezone: "UTC"}
  elif endswith("]") then {date: instant, timezone: zone}
  else {date: ., timezone: null} end;

def time: if . != null and length > 10 then .[11:16] else null end;

# A rule that is to stay as it is keeps its author's words, unless they name another time of day.
def due($shown):
  (.due | time) as $time
  | if .due == null and .recurrence == null then null
    elif .recurrence == null then .due | date
    else
      (.due | date)
      + (if $shown.string != null and .recurrence == $push.base.recurrence and $time == ($push.base.due | time)
         then $shown | {string, lang} else [.recurrence, $time] | remembered(english) end)
      + {is_recurring: true}
    end;

# --- commands -----------------------------------------------------------------------------------------------------------

def priority: {urgent: 4, high: 3, medium: 2}[. // ""] // 1;
def minutes: if . == null then null else {amount: ., unit: "minute"} end;

def command($type; $args): {type: $type, uuid: uuid($type; $args), args: $args};

def complete($id):
  command("item_complete"; {id: $id}
    + (if $push.desired.completedAt == null then {} else {date_completed: $push.desired.completedAt} end));

def given($name; $value): if $value == null then {} else {($name): $value} end;

# The item's id serves as the temporary one.
def create:
  $push.desired as $to
  | [ command("item_add";
        {content: $to.title, project_id: $collection.attributes.project, priority: ($to.priority | priority)}
        + given("section_id"; $collection.attributes.section)
        + given("description"; $to.notes)
        + given("labels"; $to.labels)
        + given("duration"; $to.estimate | minutes)
        + given("due"; $to | due(null)))
      + {temp_id: $push.itemId} ]
    + (if $to.status == "completed" then [complete($push.itemId)] else [] end);

def update($task):
  $push.changed as $changed
  | $push.desired as $to
  | ( (if $changed.title then {content: $to.title} else {} end)
    + (if $changed.notes then {description: ($to.notes // "")} else {} end)
    + (if $changed.priority then {priority: ($to.priority | priority)} else {} end)
    + (if $changed.labels then {labels: ($to.labels // [])} else {} end)
    + (if $changed.estimate then {duration: ($to.estimate | minutes)} else {} end)
    + (if $changed.due or $changed.recurrence then {due: ($to | due($task.due))} else {} end)) as $args
  | (if $changed.status and $to.status == "pending" then [command("item_uncomplete"; {id: $task.id})] else [] end)
    + (if $args == {} then [] else [command("item_update"; {id: $task.id} + $args)] end)
    # to complete a task that recurs is to close this occurrence: the task goes on at its next date
    + (if $changed.status and $to.status == "completed"
       then [if $to.recurrence == null then complete($task.id) else command("item_close"; {id: $task.id}) end] else [] end);

. as $task
| if $push.base == null then {commands: create}
  elif $task == null or $task.is_deleted then {outcome: {gone: true}}
  elif $push.version != null and ($task.updated_at // $task.added_at) != $push.version then {outcome: {stale: $push.externalId}}
  else
    update($task)
    | if . == [] then {outcome: {written: {externalId: $push.externalId}}} else {commands: .} end
  end

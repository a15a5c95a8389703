# The fields of a task -> the fields as Todoist would show them again. Each depends on itself alone; doing it twice changes
# nothing more. What Todoist cannot hold is left out: the item keeps its own value as long as nobody edits what is shown.

# --- recurrence: the rules that the English of task-out.jq can say, in one spelling ------------------------------------

def known: ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL", "WKST", "X-FROM"];
def weekdays: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

# A rule ends with a day there. An end told as the last second of a day, in UTC, is that of the day it closes where its
# author lives: zones behind UTC tell it on the next date.
def last_day:
  if . == null then null
  elif test("^[0-9]{8}$") then .
  elif test("^[0-9]{8}T0[0-9]5959Z$") then
    "\(.[:4])-\(.[4:6])-\(.[6:8])T00:00:00Z" | fromdateiso8601 - 86400 | todateiso8601 | "\(.[:4])\(.[5:7])\(.[8:10])"
  elif test("^[0-9]{8}T[0-9]{6}Z?$") then .[:8]
  else "?" end;

def numbers($least; $most):
  split(",") | if all(test("^[0-9]{1,2}$")) then map(tonumber) | unique | if .[0] >= $least and .[-1] <= $most then . else null end
               else null end;

# [frequency, which days] as the English can say them, else null.
def days:
  .INTERVAL as $n | .BYDAY as $byday | .BYMONTHDAY as $dates | .BYMONTH as $month
  | if $byday == null and $dates == null and $month == null then
      if .BYSETPOS == null then ["FREQ=" + .FREQ] else null end
    elif (.FREQ == "WEEKLY" or .FREQ == "DAILY") and $dates == null and $month == null and .BYSETPOS == null then
      ($byday | split(",")) as $given
      | if ($given - weekdays) != [] then null
        elif $n == "1" or .FREQ == "WEEKLY" then
          ["FREQ=WEEKLY", ";BYDAY=" + (weekdays - (weekdays - $given) | join(","))]
        else null end
    elif .FREQ == "MONTHLY" and $month == null and $byday == null and .BYSETPOS == null then
      if $dates == "-1" and $n == "1" then ["FREQ=MONTHLY", ";BYMONTHDAY=-1"]
      else ($dates | numbers(1; 31))
        | if . == null or (length > 1 and $n != "1") then null else ["FREQ=MONTHLY", ";BYMONTHDAY=" + (map(tostring) | join(","))] end end
    elif $n != "1" then null
    elif .FREQ == "MONTHLY" and $month == null and $dates == null then
      ((.BYSETPOS // "") + $byday) | ltrimstr("+")
      | if test("^([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)$") then ["FREQ=MONTHLY", ";BYDAY=" + .] else null end
    elif .FREQ == "YEARLY" and $byday == null and .BYSETPOS == null and $month != null and $dates != null then
      ($month | numbers(1; 12)) as $m | ($dates | numbers(1; 31)) as $d
      | if ($m | length) == 1 and ($d | length) == 1 then ["FREQ=YEARLY", ";BYMONTH=\($m[0]);BYMONTHDAY=\($d[0])"] else null end
    else null end;

def rule:
  if startswith("X-TEXT=") or startswith("X-LANG=") then .
  else
    (if startswith("FREQ=") then . else ascii_upcase end
     | split(";") - [""] | map(split("=") | {key: .[0], value: .[1]}) | from_entries) as $parts
    | ($parts.INTERVAL // "1" | if . == "1" then . else [tonumber?] | if length == 1 then .[0] | tostring else null end end) as $n
    | ($parts.UNTIL | last_day) as $until
    | if ($parts | keys) - known != [] or $n == null or $until == "?" or ($parts["X-FROM"] // "COMPLETION") != "COMPLETION"
        or (["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"] | index($parts.FREQ // "")) == null then null
      else
        ($parts + {INTERVAL: $n} | days) as $days
        | if $days == null then null
          else
            $days[0] + (if $n == "1" then "" else ";INTERVAL=" + $n end) + ($days[1] // "")
              + (if $until == null then "" else ";UNTIL=" + $until end)
              + (if $parts["X-FROM"] == null then "" else ";X-FROM=COMPLETION" end)
          end
      end
  end;

# --- due: seconds; a zone that is an offset only is told in UTC ---------------------------------------------------------

def when:
  if length == 10 then .
  else (if contains(".") then sub("\\.[0-9]+"; "") else . end)
    | if endswith("]") or endswith("Z") or length == 19 then . else instant end end;

{
  title: (.title // "" | one_line | if . == "" then "Untitled" else . end),
  notes: (.notes // "" | unix_lines | trim | if . == "" then null else . end),
  status: (if .status == "completed" or .status == "cancelled" then "completed" else "pending" end),
  priority: (if .priority == "low" then null else .priority end),
  due: (if .due == null then null else .due | when end),
  completedAt: (if .completedAt == null then null else .completedAt | if length > 27 then .[:26] + "Z" | instant else . end end),
  labels: (.labels // [] | map(trim) - [""] | unique),
  recurrence: (if .recurrence == null then null else .recurrence | remembered(rule) end),
  estimate: (if .estimate == 0 then null else .estimate end)
}

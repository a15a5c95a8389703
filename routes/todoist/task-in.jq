# A task as Todoist shows it -> a task of the hub, and the collection it lives in now.
#
# Only what Todoist's user can change by its meaning is a field; the rest (deadline, order, parent, assignee …) stays with
# the service, because an update sends nothing but the fields that differ.

# --- recurrence: the rule is the human text in due.string, read word by word ---------------------------------------------

# [string, lang] -> an RRULE value. A text that is not understood is carried as it is.
def recurrence:
  # A number from $least to $most, else null.
  def number($least; $most):
    [tonumber?] | if length == 1 and .[0] >= $least and .[0] <= $most and .[0] == (.[0] | floor) then .[0] else null end;

  # "15th" or "15" -> 15
  def ordinal: .[-2:] as $suffix | if $suffix == "st" or $suffix == "nd" or $suffix == "rd" or $suffix == "th" then .[:-2] else . end | number(1; 31);

  # Each once and in order, if all are understood, else null.
  def whole: if length > 0 and (. - [null] | length) == length then unique else null end;

  def interval: if . == "other" then 2 else number(1; 999) end | if . == null then null elif . == 1 then "" else ";INTERVAL=\(.)" end;

  def weekdays: {
    mon: "MO", monday: "MO", tue: "TU", tues: "TU", tuesday: "TU", wed: "WE", wednesday: "WE", thu: "TH", thur: "TH", thurs: "TH",
    thursday: "TH", fri: "FR", friday: "FR", sat: "SA", saturday: "SA", sun: "SU", sunday: "SU"};

  def units: {
    hour: "HOURLY", hours: "HOURLY", day: "DAILY", days: "DAILY", week: "WEEKLY", weeks: "WEEKLY", month: "MONTHLY",
    months: "MONTHLY", year: "YEARLY", years: "YEARLY"};

  def months: {
    jan: 1, january: 1, feb: 2, february: 2, mar: 3, march: 3, apr: 4, april: 4, may: 5, jun: 6, june: 6, jul: 7, july: 7,
    aug: 8, august: 8, sep: 9, sept: 9, september: 9, oct: 10, october: 10, nov: 11, november: 11, dec: 12, december: 12};

  def week: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
  def in_order: week - (week - .) | join(",");

  # The words after "every" -> an RRULE value; null where they are no pattern that is understood.
  def rule:
    weekdays as $weekday
    | units as $unit
    | (. - ["and", "the"]) as $list
    | ($list | map($weekday[.]) | whole) as $days
    | if length == 0 then null
      elif $days != null then "FREQ=WEEKLY;BYDAY=" + ($days | in_order)
      elif . == ["last", "day"] then "FREQ=MONTHLY;BYMONTHDAY=-1"
      elif $unit[.[0]] != null or (length > 1 and $unit[.[1]] != null) then
        (if $unit[$list[0]] != null then ["1"] + $list else $list end) as $counted
        | ($counted[0] | interval) as $interval
        | $unit[$counted[1]] as $freq
        | if $interval == null then null
          elif ($counted | length) == 2 then "FREQ=" + $freq + $interval
          elif $counted[2] != "on" then null
          elif $freq == "WEEKLY" then
            ($counted[3:] | map($weekday[.]) | whole) | if . == null then null else "FREQ=WEEKLY" + $interval + ";BYDAY=" + in_order end
          elif $freq == "MONTHLY" and ($counted | length) == 4 then
            ($counted[3] | ordinal) | if . == null then null else "FREQ=MONTHLY" + $interval + ";BYMONTHDAY=\(.)" end
          else null end
      elif . == ["weekday"] or . == ["workday"] then "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
      elif . == ["quarter"] then "FREQ=MONTHLY;INTERVAL=3"
      elif length == 2 and $weekday[.[1]] != null then
        if .[0] == "other" then "FREQ=WEEKLY;INTERVAL=2;BYDAY=" + $weekday[.[1]]
        else ({"1st": "1", "2nd": "2", "3rd": "3", "4th": "4", last: "-1"}[.[0]]) as $which
          | if $which == null then null else "FREQ=MONTHLY;BYDAY=" + $which + $weekday[.[1]] end end
      else
        ($list | map(ordinal) | whole) as $dates
        | if $dates != null then "FREQ=MONTHLY;BYMONTHDAY=" + ($dates | map(tostring) | join(","))
          elif length == 2 then
            months as $month
            | (if $month[.[0]] != null then . else reverse end)
            | $month[.[0]] as $m | (.[1] | ordinal) as $day
            | if $m == null or $day == null then null else "FREQ=YEARLY;BYMONTH=\($m);BYMONTHDAY=\($day)" end
          else null end
      end;

  def day: if length == 10 and .[4:5] == "-" and .[7:8] == "-" then .[:4] + .[5:7] + .[8:] else null end;

  # The words without the time of day, which the due date tells.
  def timeless:
    if length > 1 and (.[-1] | contains(":") or ((endswith("am") or endswith("pm")) and (.[:1] | number(0; 9)) != null)) then
      .[:-1] | if .[-1] == "at" then .[:-1] else . end
    elif length > 2 and .[-2] == "at" and (.[-1] | number(0; 24)) != null then .[:-2]
    else . end;

  .[0] as $text
  | (.[1] // "en") as $lang
  | ($text | ascii_downcase
     | ({daily: "every day", weekly: "every week", monthly: "every month", yearly: "every year"}[.] // .)
     | split(",") | join(" ") | split(" ") | . - [""]) as $all
  | ($all[-1] | day) as $last
  | (if $last != null and ($all[-2] == "until" or $all[-2] == "ending") then $last else null end) as $until
  | ($all[1:] | if $until != null or ($last != null and $all[-2] == "starting") then .[:-2] else . end | timeless) as $words
  | (if $lang != "en" then null
     elif $all[0] == "every" or $all[0] == "ev" then ""
     elif $all[0] == "every!" or $all[0] == "ev!" then ";X-FROM=COMPLETION"
     else null end) as $from
  | (if $from == null then null else $words | rule end) as $rule
  | if $rule == null then (if $lang == "en" then "" else "X-LANG=\($lang);" end) + "X-TEXT=" + $text
    else $rule + (if $until == null then "" else ";UNTIL=" + $until end) + $from end;

# --- the task ---------------------------------------------------------------------------------------------------------

def priorities: [null, null, "medium", "high", "urgent"];

{
  parts: [{
    fields: {
      title: (.content | one_line),
      notes: (.description // "" | unix_lines | trim),
      status: (if .checked then "completed" else "pending" end),
      priority: priorities[.priority // 1],
      # a day, a wall-clock time of the user, or an instant told in a zone
      due: (.due | if . == null then null
                   elif .date | endswith("Z") then (.timezone // "UTC") as $zone | .date | zoned($zone; "s")
                   else .date[:19] end),
      completedAt: (if .checked and .completed_at != null then .completed_at | instant else null end),
      labels: (.labels // [] | map(trim) - [""]),
      recurrence: (if .due.is_recurring then .due | [.string, .lang] | remembered(recurrence) else null end),
      estimate: (if .duration.unit == "minute" then .duration.amount else null end)
    },
    modifiedAt: (.updated_at // .added_at)
  }],
  collection: (if .section_id != null then "section:" + .section_id else "project:" + .project_id end)
}

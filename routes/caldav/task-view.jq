# The fields of a task -> the fields as a calendar server shows them. What other services say of a rule in words of their own
# (X-TEXT, X-LANG, X-FROM: docs/providers/todoist.md) is no part of an RRULE (RFC 5545 section 3.3.10) and is left out there;
# the item keeps it.

def own: startswith("X-TEXT=") or startswith("X-LANG=") or . == "X-FROM=COMPLETION";

if .recurrence == null or (.recurrence | contains("X-") | not) then .
elif .recurrence | startswith("X-TEXT=") or startswith("X-LANG=") then del(.recurrence)
else .recurrence = (.recurrence | split(";") | map(select(own | not)) | join(";")) end

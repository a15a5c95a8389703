# The task that is to be written, as Todoist shows it now; null where it shows none.
if $answer.status == 404 then null else . end

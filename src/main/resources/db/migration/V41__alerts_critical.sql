-- Operators may set a rule's severity to critical, as DayFlow's own alerts have it.

alter table hub.alert drop constraint alert_severity_check;
alter table hub.alert add constraint alert_severity_check check (severity in ('low', 'medium', 'high', 'critical'));

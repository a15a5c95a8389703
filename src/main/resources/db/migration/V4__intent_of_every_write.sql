-- An update is noted before it is sent, as a create always was.

comment on column hub.link.intent is 'the view of a write that was sent and not yet confirmed';

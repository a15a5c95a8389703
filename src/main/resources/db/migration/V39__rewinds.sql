-- A rewound cursor stays until a walk that began after that has gone through.

alter table hub.collection add column rewinds bigint not null default 0;
comment on column hub.collection.rewinds is
    'how often the cursor was taken back; a walk that looked the cursor up before the last time does not move it';

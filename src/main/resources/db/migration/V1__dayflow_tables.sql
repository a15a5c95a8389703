-- DayFlow's own tables, in DayFlow's own shape, for databases that DayFlow has not seen yet.
-- DayFlow owns them: the hub makes them when they are missing and never changes their shape.

create table if not exists public.users (
  id uuid primary key default gen_random_uuid(),
  email text unique not null,
  name text,
  image text,
  workos_id text unique,
  timezone text default 'UTC',
  preferences jsonb default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.categories (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  color text not null default '#3b82f6',
  icon text,
  user_id uuid not null references public.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.tags (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  color text not null default '#6b7280',
  user_id uuid not null references public.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.tasks (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  description text,
  status text not null default 'pending',
  priority text not null default 'medium',
  due_date timestamptz,
  completed_at timestamptz,
  start_time timestamptz,
  end_time timestamptz,
  progress integer not null default 0 check (progress between 0 and 100),
  estimated_duration integer,
  actual_duration integer,
  recurrence jsonb default '{"type":"none"}',
  reminder jsonb default '{"enabled":false,"minutesBefore":15}',
  user_id uuid not null references public.users (id) on delete cascade,
  category_id uuid references public.categories (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.calendar_events (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  description text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  is_all_day boolean default false,
  location text,
  meeting_url text,
  attendees jsonb default '[]',
  recurrence jsonb default '{"type":"none"}',
  reminder jsonb default '{"enabled":false,"minutesBefore":15}',
  user_id uuid not null references public.users (id) on delete cascade,
  category_id uuid references public.categories (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists public.task_tags (
  task_id uuid not null references public.tasks (id) on delete cascade,
  tag_id uuid not null references public.tags (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (task_id, tag_id)
);

create table if not exists public.event_tags (
  event_id uuid not null references public.calendar_events (id) on delete cascade,
  tag_id uuid not null references public.tags (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (event_id, tag_id)
);

create index if not exists idx_users_email on public.users (email);
create index if not exists idx_users_workos_id on public.users (workos_id);
create index if not exists idx_tasks_user_id on public.tasks (user_id);
create index if not exists idx_tasks_status on public.tasks (status);
create index if not exists idx_tasks_due_date on public.tasks (due_date);
create index if not exists idx_tasks_category_id on public.tasks (category_id);
create index if not exists idx_calendar_events_user_id on public.calendar_events (user_id);
create index if not exists idx_calendar_events_start_time on public.calendar_events (start_time);
create index if not exists idx_calendar_events_end_time on public.calendar_events (end_time);
create index if not exists idx_categories_user_id on public.categories (user_id);
create index if not exists idx_tags_user_id on public.tags (user_id);
create index if not exists idx_task_tags_task_id on public.task_tags (task_id);
create index if not exists idx_task_tags_tag_id on public.task_tags (tag_id);
create index if not exists idx_event_tags_event_id on public.event_tags (event_id);
create index if not exists idx_event_tags_tag_id on public.event_tags (tag_id);
create index if not exists idx_tasks_search on public.tasks
  using gin (to_tsvector('english', title || ' ' || coalesce(description, '')));
create index if not exists idx_calendar_events_search on public.calendar_events
  using gin (to_tsvector('english', title || ' ' || coalesce(description, '')));

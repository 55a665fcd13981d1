-- Why: files that a publisher keeps at an address come in by themselves, daily, weekly or monthly; an unchanged one costs nothing.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table import_schedules (
  id             text primary key,
  collection_id  text not null references collections (id) on delete cascade,
  address        text not null check (address ~* '^https?://'),
  format         text check (format in ('iati', 'table')),
  every          text not null check (every in ('daily', 'weekly', 'monthly')),
  next_at        timestamptz not null,
  paused         boolean not null default false,
  owner_id       text not null,
  etag           text,
  last_modified  text,
  file_digest    text,
  last_at        timestamptz,
  last_outcome   text check (last_outcome in ('imported', 'unchanged', 'failed')),
  last_failure   jsonb,
  last_run       text,
  failures       integer not null default 0 check (failures >= 0),
  failing_since  timestamptz,
  holder         text,
  held_until     timestamptz,
  version        integer not null check (version > 0),
  created_at     timestamptz not null,
  created_by     text not null,
  updated_at     timestamptz not null,
  updated_by     text not null,
  unique (collection_id, address),
  check ((last_outcome is null) = (last_at is null)),
  check ((last_failure is null) or (last_outcome = 'failed')),
  check ((failures = 0) = (failing_since is null)),
  check ((holder is null) = (held_until is null))
);
comment on table import_schedules is 'Addresses whose file is imported into a collection again and again.';
comment on column import_schedules.id is 'ULID.';
comment on column import_schedules.collection_id is 'Collection that the file fills.';
comment on column import_schedules.address is 'Where the file is.';
comment on column import_schedules.format is 'What the file is, where a person has said it; empty = its content decides.';
comment on column import_schedules.every is 'How often it is fetched.';
comment on column import_schedules.next_at is 'When it is fetched next; sooner after a failure.';
comment on column import_schedules.paused is 'Not fetched until somebody goes on with it.';
comment on column import_schedules.owner_id is 'In whose name and with whose rights it is imported: who scheduled or changed it last.';
comment on column import_schedules.etag is 'What the server said with the last file, to ask whether it changed.';
comment on column import_schedules.last_modified is 'Likewise, the date of its last change.';
comment on column import_schedules.file_digest is 'SHA-256 of the last file that was imported.';
comment on column import_schedules.last_at is 'When it was fetched last.';
comment on column import_schedules.last_outcome is 'What came of it.';
comment on column import_schedules.last_failure is 'Why it failed: {code, params}.';
comment on column import_schedules.last_run is 'The last import run that came of it.';
comment on column import_schedules.failures is 'Failures in a row.';
comment on column import_schedules.failing_since is 'The first of them.';
comment on column import_schedules.holder is 'Who fetches it at this moment.';
comment on column import_schedules.held_until is 'Without a sign of life of the holder until then, another may take it.';
comment on column import_schedules.version is 'Counts changes by people; optimistic locking.';
comment on column import_schedules.created_at is 'Instant of scheduling.';
comment on column import_schedules.created_by is 'Who scheduled it.';
comment on column import_schedules.updated_at is 'Instant of the last change by a person.';
comment on column import_schedules.updated_by is 'Who changed it last.';
create index import_schedules_due on import_schedules (next_at) where not paused;

-- As the runs that come of them: for the people of the collection's owner, and for whoever scheduled it. Written by the program alone.
alter table import_schedules enable row level security;
create policy import_schedules_rows on import_schedules for all to sursur_program
  using (
    (select app_sees_all())
    or owner_id = (select app_actor())
    or exists (
      select 1 from collections as c where c.id = collection_id and c.owner_org = any ((select app_orgs())::text[])
    )
  );
create policy import_schedules_insert on import_schedules as restrictive for insert to sursur_program
  with check ((select app_sees_all()));
create policy import_schedules_update on import_schedules as restrictive for update to sursur_program using ((select app_sees_all()));
create policy import_schedules_delete on import_schedules as restrictive for delete to sursur_program using ((select app_sees_all()));

-- An address may hold a key of its owner: versions show to whoever sees the schedule.
create policy record_versions_schedules on record_versions as restrictive for select to sursur_program
  using (
    aggregate <> 'import_schedules'
    or (select app_sees_all())
    or exists (select 1 from import_schedules as s where s.id = record_id)
  );

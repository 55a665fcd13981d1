-- Why: what happened that somebody should know of, for a page and a digest by mail, written by a pass over the audit trail.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table notifications (
  id          text primary key,
  user_id     text not null references users (id) on delete cascade,
  kind        text not null,
  cause       text not null,
  params      jsonb not null default '{}',
  module      text,
  aggregate   text,
  record_id   text,
  created_at  timestamptz not null,
  read_at     timestamptz,
  mailed_at   timestamptz,
  unique (user_id, kind, cause)
);
comment on table notifications is 'What happened that somebody should know of. Holds no names and no texts of records: pages read those as the person may see them.';
comment on column notifications.id is 'ULID.';
comment on column notifications.user_id is 'Who should know.';
comment on column notifications.kind is 'What happened: record-submitted, objection-raised, role-ending, ...';
comment on column notifications.cause is 'Audit event or date behind it, so that a second look writes nothing twice.';
comment on column notifications.params is 'Codes and dates for the sentence.';
comment on column notifications.module is 'Module of the record.';
comment on column notifications.aggregate is 'Kind of the record.';
comment on column notifications.record_id is 'The record.';
comment on column notifications.created_at is 'Instant of writing.';
comment on column notifications.read_at is 'Instant at which the person marked it as read.';
comment on column notifications.mailed_at is 'Instant at which it went into a digest.';

create index notifications_unread on notifications (user_id) where read_at is null;

create table notification_settings (
  user_id    text primary key references users (id) on delete cascade,
  digest     text not null check (digest in ('none', 'daily', 'weekly')),
  digest_at  timestamptz
);
comment on table notification_settings is 'How often somebody wants the digest by mail, and when the last one was written.';
comment on column notification_settings.user_id is 'The account.';
comment on column notification_settings.digest is 'Never, at most once a day, at most once a week.';
comment on column notification_settings.digest_at is 'Instant of the last digest.';

create table notification_progress (
  name      text primary key check (name = 'audit'),
  seen_seq  bigint not null
);
comment on table notification_progress is 'How far the audit trail has been read for notifications.';
comment on column notification_progress.name is 'The one reader.';
comment on column notification_progress.seen_seq is 'Position of the last event that was read.';

alter table notifications enable row level security;
create policy notifications_rows on notifications for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));
-- The person marks them as read; what there is to know is written by the program alone.
create policy notifications_insert on notifications as restrictive for insert to sursur_program
  with check ((select app_sees_all()));
create policy notifications_delete on notifications as restrictive for delete to sursur_program using ((select app_sees_all()));

alter table notification_settings enable row level security;
create policy notification_settings_rows on notification_settings for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table notification_progress enable row level security;
create policy notification_progress_rows on notification_progress for all to sursur_program
  using ((select app_sees_all()));

-- Why: the audit trail and the versions of every record, which every later room writes to.
-- Old program versions: none. Time on 100,000 rows: nothing to convert.

create extension if not exists pg_trgm;

create table audit_events (
  id          text primary key,
  at          timestamptz not null,
  operation   text not null,
  actor_id    text not null,
  actor_kind  text not null check (actor_kind in ('local', 'user', 'job', 'anonymous')),
  outcome     text not null check (outcome in ('done', 'refused')),
  module      text,
  aggregate   text,
  record_id   text,
  action      text,
  version     integer check (version > 0),
  reason      text,
  before      jsonb,
  after       jsonb,
  counts      jsonb,
  digest      text,
  check ((outcome = 'refused') = (record_id is null))
);
comment on table audit_events is 'What happened: who did what to which record, with the record before and after. Only ever added to.';
comment on column audit_events.id is 'ULID; sorts by time.';
comment on column audit_events.at is 'Instant of the transaction.';
comment on column audit_events.operation is 'Name of the operation, for example registry.register-initiative.';
comment on column audit_events.actor_id is 'Who; local-administrator until accounts exist.';
comment on column audit_events.actor_kind is 'Kind of actor.';
comment on column audit_events.outcome is 'Done, or refused for lack of permission.';
comment on column audit_events.module is 'Module of the record.';
comment on column audit_events.aggregate is 'Kind of record, as the table is named.';
comment on column audit_events.record_id is 'The record; for a batch, the run that made it.';
comment on column audit_events.action is 'What was done to it: created, changed, published, ...';
comment on column audit_events.version is 'The version that the change made.';
comment on column audit_events.reason is 'Why, in the words of the person.';
comment on column audit_events.before is 'Fields that changed, as they were.';
comment on column audit_events.after is 'Fields that changed, as they are.';
comment on column audit_events.counts is 'For a batch: how many rows were created, changed, removed.';
comment on column audit_events.digest is 'For a batch: SHA-256 over the digests of its rows.';
create index audit_events_by_record on audit_events (module, aggregate, record_id, id);

create table record_versions (
  module     text not null,
  aggregate  text not null,
  record_id  text not null,
  version    integer not null check (version > 0),
  at         timestamptz not null,
  actor_id   text not null,
  action     text not null,
  run_id     text,
  snapshot   jsonb not null,
  primary key (module, aggregate, record_id, version)
);
comment on table record_versions is 'One whole-record version per change: what the record said from that instant on.';
comment on column record_versions.module is 'Module of the record.';
comment on column record_versions.aggregate is 'Kind of record, as the table is named.';
comment on column record_versions.record_id is 'The record.';
comment on column record_versions.version is 'Counts from 1 without gaps.';
comment on column record_versions.at is 'Instant from which this version holds.';
comment on column record_versions.actor_id is 'Who made it.';
comment on column record_versions.action is 'What was done: created, changed, published, restored, ...';
comment on column record_versions.run_id is 'The import run that made it, if one did.';
comment on column record_versions.snapshot is 'The whole record.';
create index record_versions_by_run on record_versions (run_id) where run_id is not null;

-- Why: the audit trail becomes a chain: each event has a gapless position and a SHA-256 over its content and the hash of the event
-- before it, so that a change, a removal, a swap or a cut is found. Personal values stand beside the chain, which keeps salted
-- digests of them, so that they can be erased (domain ruling 13).
-- Old program versions: refuse to start on a newer schema than their own.
-- Time on 100,000 rows: the events are chained once, 20 to 30 s on the embedded engine.

alter table audit_events
  add column seq bigint,
  add column previous_hash text,
  add column hash text,
  add column request_id text,
  add column key_id text,
  add column personal jsonb,
  drop constraint audit_events_outcome_check,
  drop constraint audit_events_check,
  add constraint audit_events_outcome_check check (outcome in ('done', 'refused', 'read')),
  add constraint audit_events_record_check check (outcome <> 'done' or record_id is not null);
comment on column audit_events.outcome is 'Done; refused for lack of permission; or read, for evidence that not everybody may see.';
comment on column audit_events.seq is 'Position in the chain: counts from 1 without gaps.';
comment on column audit_events.previous_hash is 'Hash of the event before it; 64 zeros for the first.';
comment on column audit_events.hash is 'SHA-256 in hex over the content of the event, which begins with position and previous hash.';
comment on column audit_events.request_id is 'The request in which it happened, as in the log of the program.';
comment on column audit_events.key_id is 'The API key that was used.';
comment on column audit_events.personal is 'For each personal field that changed: salted SHA-256 digests of its values, which stand in audit_personal_values.';

create table audit_personal_values (
  event_id  text not null references audit_events (id) on delete restrict,
  field     text not null,
  before    text,
  after     text,
  salt      text not null,
  primary key (event_id, field)
);
comment on table audit_personal_values is 'Personal values of audit events, outside the hash chain: a row can be erased, and the chain stays whole.';
comment on column audit_personal_values.event_id is 'The event.';
comment on column audit_personal_values.field is 'Path of the field within the record, for example contact.email.';
comment on column audit_personal_values.before is 'The value as it was, as JSON.';
comment on column audit_personal_values.after is 'The value as it is, as JSON.';
comment on column audit_personal_values.salt is 'Random; erased with the values, after which the digests tell nothing.';

create table audit_verifications (
  id          text primary key,
  at          timestamptz not null,
  events      bigint not null,
  head_seq    bigint,
  head_hash   text,
  anchors     integer not null,
  broken_seq  bigint,
  finding     text
);
comment on table audit_verifications is 'When the chain of the audit trail was verified, and what came of it.';
comment on column audit_verifications.id is 'ULID; sorts by time.';
comment on column audit_verifications.at is 'Instant of the verification.';
comment on column audit_verifications.events is 'Events that were read.';
comment on column audit_verifications.head_seq is 'Position of the last event that was read.';
comment on column audit_verifications.head_hash is 'Its hash.';
comment on column audit_verifications.anchors is 'Heads noted outside the database that were compared.';
comment on column audit_verifications.broken_seq is 'First position that is wrong; empty when the chain holds.';
comment on column audit_verifications.finding is 'What is wrong there.';

-- The content: texts in this order, as a JSON array. A value that is missing is null. The program computes the same from the row
-- when it verifies (src/modules/access/audit/event-content.ts) and does not use this function for it.
create function audit_event_content(e audit_events) returns text
language sql stable set search_path = pg_catalog, public, pg_temp
as $$
  select to_json(array[
    e.seq::text, e.previous_hash, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.operation, e.actor_id, e.actor_kind, e.key_id, e.request_id, e.outcome,
    e.module, e.aggregate, e.record_id, e.action, e.version::text, e.reason,
    e.before::text, e.after::text, e.personal::text, e.counts::text, e.digest
  ]::text[])::text
$$;

-- As the owner of the table, so that row-level security cannot hide the head from whoever writes.
create function append_audit_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- Any number, the same in every version. Held until the end of the transaction: events are chained in the order of commits.
  perform pg_advisory_xact_lock(7726310156);
  select seq + 1, hash into new.seq, new.previous_hash from audit_events order by seq desc limit 1;
  new.seq := coalesce(new.seq, 1);
  new.previous_hash := coalesce(new.previous_hash, repeat('0', 64));
  new.hash := encode(sha256(convert_to(audit_event_content(new), 'UTF8')), 'hex');
  return new;
end
$$;

create function refuse_change_of_audit_events() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- A restore empties the tables that it is about to fill; where nothing is, nothing can be lost.
  if tg_op = 'TRUNCATE' and not exists (select 1 from audit_events) then
    return null;
  end if;
  raise exception 'The audit trail is only ever added to: % of % is refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

drop index audit_events_by_record; -- made anew below

-- Events from before the chain, in the order in which they were written.
do $$
declare
  event audit_events;
  previous text := repeat('0', 64);
  number bigint := 0;
begin
  for event in select * from audit_events order by id loop
    number := number + 1;
    event.seq := number;
    event.previous_hash := previous;
    previous := encode(sha256(convert_to(audit_event_content(event), 'UTF8')), 'hex');
    update audit_events set seq = number, previous_hash = event.previous_hash, hash = previous where id = event.id;
  end loop;
end
$$;

alter table audit_events
  alter column seq set not null,
  alter column previous_hash set not null,
  alter column hash set not null,
  add constraint audit_events_seq_key unique (seq);

create index audit_events_by_record on audit_events (module, aggregate, record_id, seq);
create index audit_events_by_actor on audit_events (actor_id, seq);
create index audit_events_by_operation on audit_events (operation, seq);
create index audit_events_by_time on audit_events (at);

create trigger append_audit_event before insert on audit_events for each row execute function append_audit_event();
create trigger refuse_change before update or delete on audit_events for each row execute function refuse_change_of_audit_events();
create trigger refuse_truncate before truncate on audit_events for each statement execute function refuse_change_of_audit_events();
create trigger refuse_change before update on audit_personal_values for each row execute function refuse_change_of_audit_events();

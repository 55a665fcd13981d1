-- Why: a country that a record names may disagree with what the record says of it; the objection stays with the record.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table objections (
  id              text primary key,
  initiative_id   text not null references initiatives (id) on delete cascade,
  country_code    text not null check (country_code ~ '^[A-Z]{3}$'),
  kind            text not null check (kind in ('object', 'role_wrong', 'facts_wrong', 'not_ours')),
  text            text not null check (text <> ''),
  record_version  integer not null check (record_version > 0),
  state           text not null check (state in ('open', 'answered', 'closed', 'withdrawn')),
  answer          text,
  answer_version  integer check (answer_version > 0),
  answered_at     timestamptz,
  answered_by     text,
  remark          text,
  version         integer not null check (version > 0),
  raised_at       timestamptz not null,
  raised_by       text not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  check ((answer is null) = (answered_at is null)),
  check ((answer is null) = (answered_by is null)),
  check (state <> 'answered' or answer is not null)
);
comment on table objections is 'What a country that a record names says against it, with the answer; shown to members, kept with the record.';
comment on column objections.id is 'ULID.';
comment on column objections.initiative_id is 'The record.';
comment on column objections.country_code is 'The country that objects, ISO 3166-1 alpha-3.';
comment on column objections.kind is 'Objects as a whole; its role is wrong; other facts are wrong; it has no part in it.';
comment on column objections.text is 'What the country says.';
comment on column objections.record_version is 'Version of the record that the country saw.';
comment on column objections.state is 'Open until answered; closed or withdrawn by the country.';
comment on column objections.answer is 'What the owner or the secretariat says; kept when the country opens the objection again.';
comment on column objections.answer_version is 'Version of the record that mends it.';
comment on column objections.answered_at is 'Instant of the answer.';
comment on column objections.answered_by is 'Who answered.';
comment on column objections.remark is 'What the country said when it closed, withdrew or opened it again.';
comment on column objections.version is 'Counts changes; optimistic locking.';
comment on column objections.raised_at is 'Instant at which it was raised.';
comment on column objections.raised_by is 'Who raised it.';
comment on column objections.updated_at is 'Instant of the last change.';
comment on column objections.updated_by is 'Who changed it last.';

-- One of each kind and country waits at a time.
create unique index objections_unsettled on objections (initiative_id, country_code, kind) where state in ('open', 'answered');
create index objections_by_country on objections (country_code, state);

-- Members who see the record see the objection; a country sees its own whatever becomes of the record.
alter table objections enable row level security;
create policy objections_rows on objections for all to sursur_program
  using (
    (select app_sees_all())
    or country_code = any ((select app_countries())::text[])
    or ((select app_sees_network()) and exists (select 1 from listings as l where l.initiative_id = objections.initiative_id))
  );

-- Raised by the country; changed by it and by whoever the record belongs to, who answers.
create policy objections_insert on objections as restrictive for insert to sursur_program
  with check ((select app_sees_all()) or country_code = any ((select app_countries())::text[]));
create policy objections_update on objections as restrictive for update to sursur_program
  using (
    (select app_sees_all())
    or country_code = any ((select app_countries())::text[])
    or exists (
      select 1
      from listings as l
      where l.initiative_id = objections.initiative_id
        and (
          l.owner_org = any ((select app_orgs())::text[])
          or (l.visibility <> 'private' and l.hosts && (select app_countries())::text[])
        )
    )
  );
create policy objections_delete on objections as restrictive for delete to sursur_program using ((select app_sees_all()));

-- Versions of an objection hold its text: who does not see it sees none of them.
create policy record_versions_objections on record_versions as restrictive for select to sursur_program
  using (aggregate <> 'objections' or exists (select 1 from objections as o where o.id = record_id));

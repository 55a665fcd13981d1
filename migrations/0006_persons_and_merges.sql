-- Why: people of the directory, their consent to be contacted, and organisations that were merged and can be taken apart again.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table persons (
  id           text primary key,
  name         text,
  other_names  text[] not null default '{}',
  languages    text[] not null default '{}',
  country_code text check (country_code ~ '^[A-Z]{3}$'),
  user_id      text unique,
  search_text  text not null,
  version      integer not null check (version > 0),
  created_at   timestamptz not null,
  created_by   text not null,
  updated_at   timestamptz not null,
  updated_by   text not null,
  owner_org    text references orgs (id) on delete restrict,
  visibility   text not null default 'network' check (visibility in ('public', 'network', 'group', 'private')),
  erased_at    timestamptz,
  erased_by    text,
  check ((erased_at is null) = (name is not null)),
  check ((erased_at is null) = (erased_by is null)),
  check (erased_at is null or (other_names = '{}' and languages = '{}' and country_code is null and user_id is null and search_text = ''))
);
comment on table persons is 'People of the directory. Their personal values stand here alone, never in versions, so that they can be erased.';
comment on column persons.id is 'ULID.';
comment on column persons.name is 'Name as the person writes it; empty once erased.';
comment on column persons.other_names is 'The name in other scripts or spellings.';
comment on column persons.languages is 'Languages that the person speaks, as BCP 47 tags.';
comment on column persons.country_code is 'Country in which the person works, ISO 3166-1 alpha-3.';
comment on column persons.user_id is 'Account of the person, when there is one.';
comment on column persons.search_text is 'All names, folded (no case, no accents), one a line.';
comment on column persons.version is 'Counts changes; optimistic locking.';
comment on column persons.created_at is 'Instant of creation.';
comment on column persons.created_by is 'Who created it.';
comment on column persons.updated_at is 'Instant of the last change.';
comment on column persons.updated_by is 'Who changed it last.';
comment on column persons.owner_org is 'Organisation that owns the record.';
comment on column persons.visibility is 'Who may see the name and the organisations. Contact data need consent besides.';
comment on column persons.erased_at is 'Instant at which the personal values were deleted; the row stays so that references do not break.';
comment on column persons.erased_by is 'Who deleted them.';
create index persons_search on persons using gin (search_text gin_trgm_ops);

create table person_affiliations (
  person_id text not null references persons (id) on delete cascade,
  position  integer not null check (position > 0),
  org_id    text not null references orgs (id) on delete restrict,
  title     text,
  from_date text check (from_date ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  to_date   text check (to_date ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  primary key (person_id, position)
);
comment on table person_affiliations is 'Where a person works or worked.';
comment on column person_affiliations.person_id is 'The person.';
comment on column person_affiliations.position is 'Place in the list, from 1.';
comment on column person_affiliations.org_id is 'The organisation.';
comment on column person_affiliations.title is 'Function or post.';
comment on column person_affiliations.from_date is 'Begin, as precisely as it is known.';
comment on column person_affiliations.to_date is 'End, as precisely as it is known; empty = still there.';
create index person_affiliations_by_org on person_affiliations (org_id);

create table person_contacts (
  person_id text not null references persons (id) on delete cascade,
  kind      text not null check (kind in ('email', 'phone', 'address', 'web')),
  value     text not null check (value <> ''),
  primary key (person_id, kind)
);
comment on table person_contacts is 'How a person can be reached. Shown only with consent.';
comment on column person_contacts.person_id is 'The person.';
comment on column person_contacts.kind is 'E-mail, telephone, postal address or page on the web.';
comment on column person_contacts.value is 'The address or number.';

create table person_consents (
  id            text primary key,
  person_id     text not null references persons (id) on delete cascade,
  purpose       text not null check (purpose in ('directory', 'mailing')),
  covers        text[] not null check (covers <> '{}' and covers <@ array['email', 'phone', 'address', 'web']),
  given_on      date not null,
  until         date,
  source        text not null check (source <> ''),
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  withdrawn_at  timestamptz,
  withdrawn_by  text,
  expiry_noted_at timestamptz,
  check (until >= given_on),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table person_consents is 'What a person agreed to, since when, until when, and how it was said.';
comment on column person_consents.id is 'ULID.';
comment on column person_consents.person_id is 'The person.';
comment on column person_consents.purpose is 'Being shown in the directory, or being written to by mail.';
comment on column person_consents.covers is 'Kinds of contact data that it covers.';
comment on column person_consents.given_on is 'Day on which it was given.';
comment on column person_consents.until is 'Last day on which it holds; empty = until withdrawn.';
comment on column person_consents.source is 'How it was given: form, e-mail, letter, with date or file number.';
comment on column person_consents.recorded_at is 'Instant at which it was written down.';
comment on column person_consents.recorded_by is 'Who wrote it down.';
comment on column person_consents.withdrawn_at is 'Instant of withdrawal.';
comment on column person_consents.withdrawn_by is 'Who recorded the withdrawal.';
comment on column person_consents.expiry_noted_at is 'Instant at which its end was noted in the audit trail.';
create index person_consents_by_person on person_consents (person_id, purpose);
create index person_consents_by_end on person_consents (until) where until is not null and withdrawn_at is null;

create table person_contact_reads (
  id        text primary key,
  actor_id  text not null,
  person_id text not null references persons (id) on delete cascade,
  read_at   timestamptz not null
);
comment on table person_contact_reads is 'Contact data that somebody was shown within the last hour, to limit how many one account reads.';
comment on column person_contact_reads.id is 'ULID.';
comment on column person_contact_reads.actor_id is 'Who read.';
comment on column person_contact_reads.person_id is 'Whose contact data.';
comment on column person_contact_reads.read_at is 'Instant of reading.';
create index person_contact_reads_by_actor on person_contact_reads (actor_id, read_at);

create table org_merges (
  id            text primary key,
  kept_id       text not null references orgs (id) on delete restrict,
  merged_id     text not null references orgs (id) on delete restrict,
  before        jsonb not null,
  after         jsonb not null,
  moved         jsonb not null,
  reason        text not null check (reason <> ''),
  merged_at     timestamptz not null,
  merged_by     text not null,
  undone_at     timestamptz,
  undone_by     text,
  undone_reason text,
  check (kept_id <> merged_id),
  check ((undone_at is null) = (undone_by is null))
);
comment on table org_merges is 'Organisations that were found to be one: what was merged, and what is needed to take it apart again.';
comment on column org_merges.id is 'ULID.';
comment on column org_merges.kept_id is 'The older record, which stays.';
comment on column org_merges.merged_id is 'The record that now leads to the kept one.';
comment on column org_merges.before is 'Both records whole, as they were: {kept, merged}.';
comment on column org_merges.after is 'The facts of both as the merge left them: {kept, merged}.';
comment on column org_merges.moved is 'What was moved to the kept one: ids of parts, duplicates, owned organisations and persons, affiliations.';
comment on column org_merges.reason is 'Why they are one.';
comment on column org_merges.merged_at is 'Instant of the merge.';
comment on column org_merges.merged_by is 'Who merged.';
comment on column org_merges.undone_at is 'Instant at which it was taken back.';
comment on column org_merges.undone_by is 'Who took it back.';
comment on column org_merges.undone_reason is 'Why it was taken back.';
create index org_merges_by_kept on org_merges (kept_id);
create index org_merges_by_merged on org_merges (merged_id);
create index orgs_by_parent on orgs (parent_id) where parent_id is not null;
create index orgs_by_duplicate on orgs (duplicate_of) where duplicate_of is not null;

-- The second net behind the policy: what a transaction may see, as the program sets it (app.sees, app.orgs, app.actor); nothing set means
-- what everybody may see. Each setting stands in a subquery, so that it is read once per statement. Commands write with the eyes
-- of the program after their right was checked: a person may be hidden from whoever edits them.
alter table persons enable row level security;
create policy persons_rows on persons for all
  using (
    (select coalesce(current_setting('app.sees', true), '')) = 'all'
    or visibility = 'public'
    or (visibility = 'network' and (select coalesce(current_setting('app.sees', true), '')) = 'network')
    or owner_org = any ((select string_to_array(coalesce(current_setting('app.orgs', true), ''), ' '))::text[])
    or user_id = (select nullif(current_setting('app.actor', true), ''))
  );

-- Contact data: to the person, and to members with a consent that was not withdrawn. The day on which it ends is left to the program,
-- whose clock decides.
alter table person_contacts enable row level security;
create policy person_contacts_rows on person_contacts for all
  using (
    (select coalesce(current_setting('app.sees', true), '')) = 'all'
    or exists (
      select 1 from persons as p where p.id = person_id and p.user_id = (select nullif(current_setting('app.actor', true), ''))
    )
    or (
      (select coalesce(current_setting('app.sees', true), '')) = 'network'
      and exists (select 1 from persons as p where p.id = person_id)
      and exists (
        select 1
        from person_consents as c
        where c.person_id = person_contacts.person_id
          and c.purpose = 'directory'
          and kind = any (c.covers)
          and c.withdrawn_at is null
      )
    )
  );

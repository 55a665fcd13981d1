-- Why: who answers for South-South and triangular cooperation in a country or an entity, since when, and when that was last confirmed;
-- and the links by which a person confirms it without an account.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table focal_points (
  id              text primary key,
  scope           text not null check (scope in ('country', 'org', 'unct', 'un_country_office')),
  country_code    text check (country_code ~ '^[A-Z]{3}$'),
  org_id          text references orgs (id) on delete restrict,
  mechanism_names jsonb,
  mechanism_type  text check (mechanism_type in ('unit', 'agency', 'committee', 'person')),
  person_id       text not null references persons (id) on delete restrict,
  backup_id       text references persons (id) on delete restrict,
  is_main         boolean not null,
  languages       text[] not null default '{}',
  from_date       text check (from_date ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  to_date         text check (to_date ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  source          text not null check (source <> ''),
  confirmed_at    timestamptz,
  confirmed_how   text check (confirmed_how in ('link', 'editor')),
  ended_at        timestamptz,
  end_reason      text,
  reminded_at     timestamptz,
  reminders       integer not null default 0 check (reminders >= 0),
  search_text     text not null,
  version         integer not null check (version > 0),
  created_at      timestamptz not null,
  created_by      text not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  check ((scope = 'org') = (country_code is null)),
  check (scope <> 'country' or org_id is null),
  check (scope not in ('org', 'un_country_office') or org_id is not null),
  check ((mechanism_names is null) = (mechanism_type is null)),
  check (backup_id is distinct from person_id),
  check ((confirmed_at is null) = (confirmed_how is null)),
  check ((ended_at is null) = (to_date is null)),
  check ((ended_at is null) = (end_reason is null))
);
comment on table focal_points is 'Named contacts for South-South and triangular cooperation: of a country, an entity, a country team or an office. Invited, active or stale follow from the dates; only the end is written.';
comment on column focal_points.id is 'ULID.';
comment on column focal_points.scope is 'For whom: a country, an organisation, the United Nations country team, or an office of an entity in a country.';
comment on column focal_points.country_code is 'The country, ISO 3166-1 alpha-3; empty for an organisation.';
comment on column focal_points.org_id is 'The organisation; for a country team the office that keeps the record.';
comment on column focal_points.mechanism_names is 'Name of the unit, agency or committee behind the person, as localised text: all that strangers see.';
comment on column focal_points.mechanism_type is 'What it is.';
comment on column focal_points.person_id is 'Who is named.';
comment on column focal_points.backup_id is 'Who stands in.';
comment on column focal_points.is_main is 'The main one, of which there is one at a time; others stand beside it.';
comment on column focal_points.languages is 'Languages in which it can be written to, as BCP 47 tags, the preferred first.';
comment on column focal_points.from_date is 'Begin, as precisely as it is known.';
comment on column focal_points.to_date is 'End, as precisely as it is known.';
comment on column focal_points.source is 'How it is known: letter, note, meeting, with its date or number.';
comment on column focal_points.confirmed_at is 'Instant of the last confirmation; empty = never confirmed.';
comment on column focal_points.confirmed_how is 'By the person through a link, or by somebody who edits the directory.';
comment on column focal_points.ended_at is 'Instant at which the end was written down.';
comment on column focal_points.end_reason is 'Why it ended.';
comment on column focal_points.reminded_at is 'Instant of the last message that asks to confirm.';
comment on column focal_points.reminders is 'Messages since the last confirmation, so that nobody is asked for ever.';
comment on column focal_points.search_text is 'Names of the mechanism, folded (no case, no accents), one a line.';
comment on column focal_points.version is 'Counts changes; optimistic locking.';
comment on column focal_points.created_at is 'Instant of creation.';
comment on column focal_points.created_by is 'Who created it.';
comment on column focal_points.updated_at is 'Instant of the last change.';
comment on column focal_points.updated_by is 'Who changed it last.';

-- One main focal point at a time for each country, organisation, country team and office.
create unique index focal_points_one_main on focal_points (
  scope, coalesce(country_code, ''), (case when scope in ('org', 'un_country_office') then org_id else '' end)
) where is_main and ended_at is null;
create index focal_points_by_country on focal_points (country_code) where country_code is not null;
create index focal_points_by_org on focal_points (org_id) where org_id is not null;
create index focal_points_by_person on focal_points (person_id);

create table focal_point_links (
  id             text primary key,
  focal_point_id text not null references focal_points (id) on delete cascade,
  token_digest   text not null unique,
  way            text not null check (way in ('mail', 'print')),
  message_id     text,
  created_at     timestamptz not null,
  created_by     text not null,
  expires_at     timestamptz not null,
  used_at        timestamptz
);
comment on table focal_point_links is 'Links by which a person confirms, once and for a while, without an account.';
comment on column focal_point_links.id is 'ULID.';
comment on column focal_point_links.focal_point_id is 'What is confirmed.';
comment on column focal_point_links.token_digest is 'SHA-256 of the token in the link.';
comment on column focal_point_links.way is 'Sent by mail, or printed on a letter.';
comment on column focal_point_links.message_id is 'The message in the outbox that holds it.';
comment on column focal_point_links.created_at is 'Instant of creation.';
comment on column focal_point_links.created_by is 'Who asked for it.';
comment on column focal_point_links.expires_at is 'Instant from which it no longer works.';
comment on column focal_point_links.used_at is 'Instant at which it was used, or replaced by a newer one.';
create index focal_point_links_by_focal_point on focal_point_links (focal_point_id);

-- Members read the directory; what strangers see of it the program picks out. Written by the program alone, after the right was checked.
alter table focal_points enable row level security;
create policy focal_points_rows on focal_points for all to sursur_program using ((select app_sees_network()));
create policy focal_points_insert on focal_points as restrictive for insert to sursur_program with check ((select app_sees_all()));
create policy focal_points_update on focal_points as restrictive for update to sursur_program using ((select app_sees_all()));
create policy focal_points_delete on focal_points as restrictive for delete to sursur_program using ((select app_sees_all()));

alter table focal_point_links enable row level security;
create policy focal_point_links_rows on focal_point_links for all to sursur_program using ((select app_sees_all()));

create policy record_versions_focal_points on record_versions as restrictive for select to sursur_program
  using (aggregate <> 'focal_points' or (select app_sees_network()));

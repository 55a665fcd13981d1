-- Why: records leave an instance under the owner's hand alone: what would leave is fixed, looked at, confirmed and written as one signed
-- package; and what came from another instance keeps its origin.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table release_instance (
  only_one    boolean primary key default true check (only_one),
  id          text not null,
  created_at  timestamptz not null
);
comment on table release_instance is 'Who this instance is to others: one row, made at the first start.';
comment on column release_instance.only_one is 'Always true, so that there is one row.';
comment on column release_instance.id is 'ULID; stands in each package as its origin and moves with a backup.';
comment on column release_instance.created_at is 'Instant at which it was made.';

create table releases (
  id               text primary key,
  state            text not null check (state in ('drafted', 'confirmed', 'written', 'abandoned')),
  filter           text not null,
  owner_org        text references orgs (id) on delete restrict,
  addressee        text not null check (addressee <> ''),
  purpose          text not null check (purpose <> ''),
  licence          text not null check (licence <> ''),
  withheld_fields  text[] not null default '{}',
  records          integer not null check (records >= 0),
  fixed_at         timestamptz not null,
  version          integer not null check (version > 0),
  created_at       timestamptz not null,
  created_by       text not null,
  updated_at       timestamptz not null,
  updated_by       text not null,
  confirmed_at     timestamptz,
  confirmed_by     text,
  written_at       timestamptz,
  written_by       text,
  abandoned_at     timestamptz,
  abandoned_by     text,
  file_bytes       bigint check (file_bytes > 0),
  file_digest      text check (file_digest ~ '^[0-9a-f]{64}$'),
  check (state not in ('confirmed', 'written') or confirmed_at is not null),
  check ((state = 'written') = (file_digest is not null)),
  check ((state = 'abandoned') = (abandoned_at is not null))
);
create index releases_by_owner on releases (owner_org);
comment on table releases is 'A selection of records that is meant to leave this instance: to whom, why, without which fields. Drafted, confirmed by a second person where there is one, then written as one package.';
comment on column releases.id is 'ULID.';
comment on column releases.state is 'Drafted, confirmed, written or abandoned. Fields change only while it is drafted.';
comment on column releases.filter is 'Filter as in the address of the list.';
comment on column releases.owner_org is 'Organisation whose records leave; empty = the instance itself.';
comment on column releases.addressee is 'To whom, as text.';
comment on column releases.purpose is 'What for, as text.';
comment on column releases.licence is 'Under which licence.';
comment on column releases.withheld_fields is 'Fields that leave with no record, by the keys of the list of fields.';
comment on column releases.records is 'Records that the selection found.';
comment on column releases.fixed_at is 'Instant at which records and their versions were fixed.';
comment on column releases.version is 'Increases with every change.';
comment on column releases.created_at is 'Instant of drafting.';
comment on column releases.created_by is 'Who drafted it.';
comment on column releases.updated_at is 'Instant of the last change of what would leave, or of the state.';
comment on column releases.updated_by is 'Who made that change.';
comment on column releases.confirmed_at is 'Instant of the confirmation.';
comment on column releases.confirmed_by is 'Who confirmed it.';
comment on column releases.written_at is 'Instant at which the package was written.';
comment on column releases.written_by is 'Who had it written.';
comment on column releases.abandoned_at is 'Instant at which it was given up.';
comment on column releases.abandoned_by is 'Who gave it up.';
comment on column releases.file_bytes is 'Size of the package.';
comment on column releases.file_digest is 'SHA-256 of the package.';

create table release_records (
  release_id       text not null references releases (id) on delete cascade,
  record_no        integer not null check (record_no >= 0),
  initiative_id    text not null,
  record_version   integer not null check (record_version > 0),
  fields           text[] not null,
  withheld_fields  text[] not null default '{}',
  withheld         boolean not null default false,
  primary key (release_id, record_no),
  unique (release_id, initiative_id)
);
comment on table release_records is 'The records of a release, each in the version that was looked at.';
comment on column release_records.release_id is 'The release.';
comment on column release_records.record_no is 'Order, from 0.';
comment on column release_records.initiative_id is 'The initiative.';
comment on column release_records.record_version is 'Version that leaves.';
comment on column release_records.fields is 'Fields that this version states, by the keys of the list of fields.';
comment on column release_records.withheld_fields is 'Fields that do not leave with this record.';
comment on column release_records.withheld is 'The whole record stays.';

create table release_chunks (
  release_id  text not null references releases (id) on delete cascade,
  chunk_no    integer not null check (chunk_no >= 0),
  content     bytea not null,
  primary key (release_id, chunk_no)
);
alter table release_chunks alter column content set storage external;
comment on table release_chunks is 'The package of a release, in pieces.';
comment on column release_chunks.release_id is 'The release.';
comment on column release_chunks.chunk_no is 'Order of the pieces, from 0.';
comment on column release_chunks.content is 'Bytes of the piece.';
revoke update, delete on release_chunks from sursur_program;

create table trusted_instances (
  instance_id  text not null,
  fingerprint  text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  public_key   text not null,
  name         text not null,
  trusted_at   timestamptz not null,
  trusted_by   text not null,
  primary key (instance_id, fingerprint)
);
comment on table trusted_instances is 'Instances whose packages are accepted, each with the key that a person compared.';
comment on column trusted_instances.instance_id is 'Id of the other instance.';
comment on column trusted_instances.fingerprint is 'SHA-256 of its public key.';
comment on column trusted_instances.public_key is 'Its public key, Ed25519, 32 bytes as base64.';
comment on column trusted_instances.name is 'What it called itself then.';
comment on column trusted_instances.trusted_at is 'Instant of the confirmation.';
comment on column trusted_instances.trusted_by is 'Who confirmed it.';

create table received_releases (
  run_id           text primary key references import_runs (id) on delete cascade,
  collection_id    text not null references collections (id) on delete cascade,
  instance_id      text not null,
  instance_name    text not null,
  release_id       text not null,
  released_at      timestamptz not null,
  released_by      text not null,
  addressee        text not null,
  purpose          text not null,
  licence          text not null,
  edition          integer not null,
  fingerprint      text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  records          integer not null check (records >= 0),
  withheld_fields  text[] not null default '{}'
);
create index received_releases_by_collection on received_releases (collection_id);
comment on table received_releases is 'Packages of other instances that were imported: the origin of what they brought.';
comment on column received_releases.run_id is 'The import run; the origin holds while the run is applied.';
comment on column received_releases.collection_id is 'Collection that it filled.';
comment on column received_releases.instance_id is 'Id of the instance that released it.';
comment on column received_releases.instance_name is 'Its name then.';
comment on column received_releases.release_id is 'Id of the release there.';
comment on column received_releases.released_at is 'Instant of its confirmation there.';
comment on column received_releases.released_by is 'Organisation that released it.';
comment on column received_releases.addressee is 'To whom it was released.';
comment on column received_releases.purpose is 'What for.';
comment on column received_releases.licence is 'Under which licence.';
comment on column received_releases.edition is 'Edition of the package format.';
comment on column received_releases.fingerprint is 'SHA-256 of the public key whose signature was checked.';
comment on column received_releases.records is 'Records in the package.';
comment on column received_releases.withheld_fields is 'Fields that the owner withheld from every record.';

create table received_records (
  run_id          text not null references received_releases (run_id) on delete cascade,
  origin_record   text not null,
  origin_version  integer not null check (origin_version > 0),
  identifier      text not null,
  primary key (run_id, origin_record)
);
create index received_records_by_origin on received_records (origin_record);
create index received_records_by_identifier on received_records (identifier);
comment on table received_records is 'Which record of another instance each received record is.';
comment on column received_records.run_id is 'The import run.';
comment on column received_records.origin_record is 'Id of the record there.';
comment on column received_records.origin_version is 'Its version there.';
comment on column received_records.identifier is 'Identifier of the record here, within the collection.';

alter table release_instance enable row level security;
create policy release_instance_read on release_instance for select to sursur_program using (true);
create policy release_instance_write on release_instance for insert to sursur_program with check ((select app_sees_all()));

alter table releases enable row level security;
create policy releases_rows on releases for all to sursur_program
  using ((select app_sees_all()) or owner_org = any ((select app_orgs())::text[]));

alter table release_records enable row level security;
create policy release_records_rows on release_records for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from releases as r where r.id = release_id));

alter table release_chunks enable row level security;
create policy release_chunks_rows on release_chunks for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from releases as r where r.id = release_id));

alter table trusted_instances enable row level security;
create policy trusted_instances_read on trusted_instances for select to sursur_program using ((select app_sees_network()));
create policy trusted_instances_write on trusted_instances for insert to sursur_program with check ((select app_sees_all()));
create policy trusted_instances_remove on trusted_instances for delete to sursur_program using ((select app_sees_all()));

alter table received_releases enable row level security;
create policy received_releases_rows on received_releases for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from collections as c where c.id = collection_id));

alter table received_records enable row level security;
create policy received_records_rows on received_records for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from received_releases as r where r.run_id = received_records.run_id));

-- Versions show with the release.
create policy record_versions_releases on record_versions as restrictive for select to sursur_program
  using (
    aggregate <> 'releases'
    or (select app_sees_all())
    or exists (select 1 from releases as r where r.id = record_id)
  );

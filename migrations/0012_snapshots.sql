-- Why: published rows as they were at one instant, kept as a data package for ever, so that what was cited can be read again.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table snapshots (
  id               text primary key,
  title            text,
  filter           text not null,
  counts           jsonb not null,
  snapshot_hash    text not null check (snapshot_hash ~ '^[0-9a-f]{64}$'),
  content_hash     text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  code_lists       jsonb not null,
  program_version  text not null,
  lang             text not null,
  file_bytes       bigint not null check (file_bytes > 0),
  file_digest      text not null check (file_digest ~ '^[0-9a-f]{64}$'),
  taken_at         timestamptz not null,
  taken_by         text not null
);
comment on table snapshots is 'Published rows as they were at one instant, as everybody could see them. Never changed.';
comment on column snapshots.id is 'ULID; stands in the address.';
comment on column snapshots.title is 'What it is for, in the words of whoever took it.';
comment on column snapshots.filter is 'Filter as in the address of the list; empty = all own collections.';
comment on column snapshots.counts is 'Rows of each table.';
comment on column snapshots.snapshot_hash is 'SHA-256 over the listings; every download of the same rows carries it.';
comment on column snapshots.content_hash is 'SHA-256 over the rows of all tables.';
comment on column snapshots.code_lists is 'Code lists in use, each with its version and date.';
comment on column snapshots.program_version is 'Version of the program that took it.';
comment on column snapshots.lang is 'Language of names and explanations in the file.';
comment on column snapshots.file_bytes is 'Size of the data package.';
comment on column snapshots.file_digest is 'SHA-256 of the data package.';
comment on column snapshots.taken_at is 'Instant at which the rows were read.';
comment on column snapshots.taken_by is 'Who took it.';

create table snapshot_chunks (
  snapshot_id  text not null references snapshots (id) on delete cascade,
  chunk_no     integer not null check (chunk_no >= 0),
  content      bytea not null,
  primary key (snapshot_id, chunk_no)
);
-- The package is packed already.
alter table snapshot_chunks alter column content set storage external;
comment on table snapshot_chunks is 'The data package of a snapshot, in pieces.';
comment on column snapshot_chunks.snapshot_id is 'The snapshot.';
comment on column snapshot_chunks.chunk_no is 'Order of the pieces, from 0.';
comment on column snapshot_chunks.content is 'Bytes of the piece.';

-- What is frozen is not written again.
revoke update, delete on snapshots, snapshot_chunks from sursur_program;

-- A snapshot holds only what everybody could see when it was taken, so everybody reads it; the program alone writes one.
alter table snapshots enable row level security;
create policy snapshots_read on snapshots for select to sursur_program using (true);
create policy snapshots_write on snapshots for insert to sursur_program with check ((select app_sees_all()));

alter table snapshot_chunks enable row level security;
create policy snapshot_chunks_read on snapshot_chunks for select to sursur_program using (true);
create policy snapshot_chunks_write on snapshot_chunks for insert to sursur_program with check ((select app_sees_all()));

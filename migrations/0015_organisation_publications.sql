-- Why: what organisations publish about themselves (IATI organisation files): budgets, expenditure and documents, kept with the piece
-- of the file that says it, so that it can be shown, undone and written again.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: under a second.

create table organisation_publications (
  id                text primary key,
  run_id            text not null,
  collection_id     text not null references collections (id) on delete cascade,
  identifier        text not null,
  identifier_folded text not null,
  series            text not null,
  facts             jsonb not null,
  content_digest    text not null,
  piece_digest      text not null,
  block_id          text not null,
  start             integer not null check (start >= 0),
  length            integer not null check (length > 0),
  stated_at         timestamptz,
  withdrawn_by      text,
  unique (collection_id, identifier, run_id)
);
comment on table organisation_publications is 'What an organisation publishes about itself, a row for each import that found it new or changed: the newest run holds, and one that is undone leaves the one before.';
comment on column organisation_publications.id is 'ULID.';
comment on column organisation_publications.run_id is 'Import run that read it; hidden until that run is applied.';
comment on column organisation_publications.collection_id is 'Collection into which the file was imported; whoever sees the collection sees it.';
comment on column organisation_publications.identifier is 'Identifier of the organisation as published.';
comment on column organisation_publications.identifier_folded is 'The identifier as the directory compares it (org_names.folded): an organisation that is registered later is found as well.';
comment on column organisation_publications.series is 'What the file is an edition of: name or address.';
comment on column organisation_publications.facts is 'Names, reporting organisation, budgets, expenditure and documents, as read.';
comment on column organisation_publications.content_digest is 'Digest of all that the organisation says, whatever its spacing, order and version.';
comment on column organisation_publications.piece_digest is 'Digest of the piece with what it takes from its file: the same again needs no reading.';
comment on column organisation_publications.block_id is 'Block that holds the piece (source_blocks).';
comment on column organisation_publications.start is 'First byte of the piece in the unpacked block.';
comment on column organisation_publications.length is 'Bytes of the piece.';
comment on column organisation_publications.stated_at is 'Instant of the last change as the publisher states it.';
comment on column organisation_publications.withdrawn_by is 'Run of a later file of the series that has it no longer.';
create index organisation_publications_by_identifier on organisation_publications (identifier_folded);
create index organisation_publications_by_run on organisation_publications (run_id);

alter table import_runs add column organisation_counts jsonb;
comment on column import_runs.organisation_counts is 'Organisations that the file describes: read, created, changed, unchanged, rejected; empty = it describes none.';

alter table organisation_publications enable row level security;
create policy organisation_publications_rows on organisation_publications for all to sursur_program
  using (
    (select app_sees_all())
    or exists (
      select 1
      from collections as c
      where c.id = collection_id
        and (
          c.visibility = 'public'
          or (c.visibility = 'network' and (select app_sees_network()))
          or c.owner_org = any ((select app_orgs())::text[])
        )
    )
  );
create policy organisation_publications_not_hidden on organisation_publications as restrictive for select to sursur_program
  using (run_id <> all ((select app_hidden_runs())::text[]));
create policy organisation_publications_insert on organisation_publications as restrictive for insert to sursur_program
  with check ((select app_sees_all()));
create policy organisation_publications_update on organisation_publications as restrictive for update to sursur_program
  using ((select app_sees_all()));
create policy organisation_publications_delete on organisation_publications as restrictive for delete to sursur_program
  using ((select app_sees_all()));

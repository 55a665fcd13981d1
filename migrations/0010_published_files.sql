-- Why: files of thousands of activities: what a run creates goes straight into the tables and is hidden until the run is applied; the
-- piece of the file that each initiative came from is kept, so that nothing that the file says is lost.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: under a second.

alter table import_runs drop constraint import_runs_state_check;
alter table import_runs
  add constraint import_runs_state_check check (state in ('staging', 'paused', 'clearing', 'applied', 'undone', 'cancelled', 'failed')),
  add column holder text,
  add column series text,
  add column address text,
  add column bytes_read bigint not null default 0,
  add column withdrawn_count integer not null default 0,
  add column conflict_count integer not null default 0,
  add column outcome text check (outcome in ('cancelled', 'failed'));
comment on column import_runs.state is 'Staging while it is read, paused when somebody halted it, clearing while what it wrote is taken away; then applied, cancelled or failed; an applied run can be undone.';
comment on column import_runs.holder is 'Who reads it now; whoever takes over a run that was left changes it, and the one before may write no more.';
comment on column import_runs.series is 'What later files are the next edition of: name of the file, or its address.';
comment on column import_runs.address is 'Address from which the file was fetched; empty = it was brought.';
comment on column import_runs.bytes_read is 'Bytes read so far, unpacked, for the progress bar.';
comment on column import_runs.withdrawn_count is 'Initiatives that an earlier file of the series had and this one has no longer.';
comment on column import_runs.conflict_count is 'Fields that a person and the file changed differently; they wait for a decision.';
comment on column import_runs.outcome is 'State that follows clearing.';

alter table import_problems
  add column file text,
  add column line integer,
  add column activity text,
  add column element text;
comment on column import_problems.file is 'File within an archive or a folder; empty = the run has one file.';
comment on column import_problems.line is 'Line of the file.';
comment on column import_problems.activity is 'Identifier of the activity or organisation.';
comment on column import_problems.element is 'Path of the element or attribute within it.';

alter table import_rows add column source jsonb;
comment on column import_rows.source is 'The piece of a published file that says it: a row of initiative_sources.';

alter table initiatives
  add column created_by_run text,
  add column flows jsonb;
comment on column initiatives.created_by_run is 'Import run that created it; hidden until that run is applied. Empty = registered by hand, or an older program imported it.';
comment on column initiatives.flows is 'Money in United States dollars by kind, year, country and sector, split as stated: a list of [kind, year, country, sector, amount].';

alter table initiative_contributions
  alter column giver_no drop not null,
  drop constraint initiative_contributions_nature_check,
  drop constraint initiative_contributions_amount_check,
  drop constraint initiative_contributions_check4,
  add column element text not null default 'entered' check (element in ('entered', 'transaction', 'budget', 'planned-disbursement')),
  add column published_type text,
  add column usd numeric,
  add constraint initiative_contributions_nature_check check (nature in (
    'commitment', 'disbursement', 'delivery', 'plan', 'receipt', 'incoming_commitment', 'pledge', 'incoming_pledge', 'repayment', 'equity', 'guarantee'
  )),
  add constraint initiative_contributions_amount_check check (amount >= 0 or element <> 'entered'),
  add constraint initiative_contributions_parties_check check (giver_no is distinct from taker_no or element <> 'entered');
comment on column initiative_contributions.giver_no is 'Partner who gives; empty = not stated, or not a partner.';
comment on column initiative_contributions.element is 'Element of a published file that states it; entered = it comes from elsewhere.';
comment on column initiative_contributions.published_type is 'Type code as published: of the transaction or of the budget.';
comment on column initiative_contributions.usd is 'Amount in United States dollars at the annual average rate; empty = no rate for that year and currency.';

create table source_blocks (
  id         text primary key,
  run_id     text not null,
  file_name  text not null,
  context    jsonb not null,
  content    bytea not null
);
alter table source_blocks alter column content set storage external;
comment on table source_blocks is 'Pieces of received files as they were, some hundreds together, packed with Zstandard.';
comment on column source_blocks.id is 'ULID.';
comment on column source_blocks.run_id is 'Import run that received the file.';
comment on column source_blocks.file_name is 'Name of the file.';
comment on column source_blocks.context is 'What the pieces take from the root of their file: kind, version, namespaces, attributes.';
comment on column source_blocks.content is 'UTF-8 text, packed.';
create index source_blocks_by_run on source_blocks (run_id);

create table initiative_sources (
  initiative_id   text not null references initiatives (id) on delete cascade,
  run_id          text not null,
  collection_id   text not null,
  identifier      text not null,
  series          text not null,
  block_id        text not null,
  start           integer not null check (start >= 0),
  length          integer not null check (length > 0),
  piece_digest    text not null,
  stated_at       timestamptz,
  withdrawn_by    text,
  primary key (initiative_id, run_id)
);
comment on table initiative_sources is 'The piece of a published file that each import of an initiative read; the newest run holds.';
comment on column initiative_sources.initiative_id is 'The initiative.';
comment on column initiative_sources.run_id is 'Import run that read it.';
comment on column initiative_sources.collection_id is 'Collection of the initiative.';
comment on column initiative_sources.identifier is 'Identifier within the collection.';
comment on column initiative_sources.series is 'What the file is an edition of: name or address.';
comment on column initiative_sources.block_id is 'Block that holds the piece.';
comment on column initiative_sources.start is 'First byte of the piece in the unpacked block.';
comment on column initiative_sources.length is 'Bytes of the piece.';
comment on column initiative_sources.piece_digest is 'Digest of the piece with what it takes from its file: the same again needs no reading.';
comment on column initiative_sources.stated_at is 'Instant of the last change as the publisher states it.';
comment on column initiative_sources.withdrawn_by is 'Run of a later file of the series that has it no longer.';
create index initiative_sources_by_collection on initiative_sources (collection_id, series);

create table import_conflicts (
  id             text primary key,
  initiative_id  text not null references initiatives (id) on delete cascade,
  run_id         text not null,
  section        text not null,
  ours           jsonb,
  theirs         jsonb,
  ours_at        timestamptz not null,
  theirs_at      timestamptz,
  decision       text check (decision in ('ours', 'theirs')),
  decided_at     timestamptz,
  decided_by     text,
  check ((decision is null) = (decided_at is null)),
  check ((decision is null) = (decided_by is null))
);
comment on table import_conflicts is 'A field of an initiative that a person changed and a file says differently: kept as the person left it until somebody decides.';
comment on column import_conflicts.id is 'ULID.';
comment on column import_conflicts.initiative_id is 'The initiative.';
comment on column import_conflicts.run_id is 'Import run that brought the other value.';
comment on column import_conflicts.section is 'Field of the facts.';
comment on column import_conflicts.ours is 'What the record says; empty = nothing.';
comment on column import_conflicts.theirs is 'What the file says; empty = nothing.';
comment on column import_conflicts.ours_at is 'Instant of the last edit of the record.';
comment on column import_conflicts.theirs_at is 'Instant of the last change as the publisher states it.';
comment on column import_conflicts.decision is 'Which of the two holds; empty = not decided.';
comment on column import_conflicts.decided_at is 'Instant of the decision.';
comment on column import_conflicts.decided_by is 'Who decided.';
create index import_conflicts_by_initiative on import_conflicts (initiative_id);
create index import_conflicts_by_run on import_conflicts (run_id);

-- Texts and facts are packed by the quicker method where the engine has it.
do $$
begin
  alter table initiatives alter column facts set compression lz4;
  alter table record_versions alter column snapshot set compression lz4;
exception when feature_not_supported or invalid_parameter_value then null;
end $$;

-- Each is the beginning of another index.
drop index listings_by_initiative;
drop index listings_by_collection;

-- What a run has created is nobody's to see until the run is applied, but for the run itself.
create function app_hidden_runs() returns text[] language sql stable security definer set search_path = public, pg_temp
  return (
    select coalesce(array_agg(id), '{}')
    from import_runs
    where state in ('staging', 'paused', 'clearing') and id is distinct from nullif(current_setting('app.run', true), '')
  );
create index import_runs_unfinished on import_runs (id) where state in ('staging', 'paused', 'clearing');
create policy initiatives_not_hidden on initiatives as restrictive for select to sursur_program
  using (created_by_run is null or created_by_run <> all ((select app_hidden_runs())::text[]));
create policy listings_not_hidden on listings as restrictive for select to sursur_program
  using (run_id is null or run_id <> all ((select app_hidden_runs())::text[]));
create policy record_versions_not_hidden on record_versions as restrictive for select to sursur_program
  using (run_id is null or run_id <> all ((select app_hidden_runs())::text[]));

-- A received piece holds what may not be shown, contacts above all: only the program reads it, and shows what it may.
alter table source_blocks enable row level security;
create policy source_blocks_rows on source_blocks for all to sursur_program using ((select app_sees_all()));
alter table initiative_sources enable row level security;
create policy initiative_sources_rows on initiative_sources for all to sursur_program using ((select app_sees_all()));
alter table import_conflicts enable row level security;
create policy import_conflicts_rows on import_conflicts for all to sursur_program using ((select app_sees_all()));

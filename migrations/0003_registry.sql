-- Why: the registry: collections, initiatives with their partners and contributions, the listings that figures count, import runs.
-- Old program versions: none can run on it. Time on 100,000 rows: nothing to convert.

create table collections (
  id           text primary key,
  key          text not null unique check (key ~ '^[a-z0-9][a-z0-9._-]*$'),
  names        jsonb not null,
  kind         text not null check (kind in ('working', 'sample')),
  read_only    boolean not null default false,
  entry_state  text not null default 'published' check (entry_state in ('published', 'submitted')),
  source       jsonb,
  version      integer not null check (version > 0),
  created_at   timestamptz not null,
  created_by   text not null,
  updated_at   timestamptz not null,
  updated_by   text not null,
  owner_org    text,
  visibility   text not null default 'public' check (visibility in ('public', 'network', 'group', 'private'))
);
comment on table collections is 'A set of initiatives with its own scope of identifiers; what --portfolio names.';
comment on column collections.id is 'ULID.';
comment on column collections.key is 'Short name in addresses and commands, for example undp-2014.';
comment on column collections.names is 'Display name as localised text.';
comment on column collections.kind is 'Working data, or sample data outside every total that is not asked for them.';
comment on column collections.read_only is 'Refuses hand edits; sample collections are.';
comment on column collections.entry_state is 'State in which imported rows enter.';
comment on column collections.source is 'Where the rows come from: name, address, licence, date.';
comment on column collections.version is 'Counts changes; optimistic locking.';
comment on column collections.created_at is 'Instant of creation.';
comment on column collections.created_by is 'Who created it.';
comment on column collections.updated_at is 'Instant of the last change.';
comment on column collections.updated_by is 'Who changed it last.';
comment on column collections.owner_org is 'Organisation that owns the collection.';
comment on column collections.visibility is 'Who may see it; kept now, applied once accounts exist.';

create table initiatives (
  id               text primary key,
  collection_id    text not null references collections (id) on delete restrict,
  identifier       text,
  state            text not null check (state in ('draft', 'submitted', 'returned', 'verified', 'published', 'under_revision', 'archived', 'withdrawn')),
  kind             text check (kind in ('programme', 'project', 'action')),
  phase            text,
  title_text       text,
  facts            jsonb not null,
  cooperation      jsonb not null,
  completeness     numeric not null check (completeness between 0 and 1),
  published_version integer,
  import_digest    text,
  listed           jsonb not null,
  version          integer not null check (version > 0),
  created_at       timestamptz not null,
  created_by       text not null,
  updated_at       timestamptz not null,
  updated_by       text not null,
  owner_org        text,
  visibility       text not null default 'public' check (visibility in ('public', 'network', 'group', 'private')),
  unique (collection_id, identifier)
);
comment on table initiatives is 'A programme, project or action of cooperation: its facts, and the labels computed from them.';
comment on column initiatives.id is 'ULID.';
comment on column initiatives.collection_id is 'Collection that holds it.';
comment on column initiatives.identifier is 'Identifier within the collection, as the source gives it.';
comment on column initiatives.state is 'State of the record; independent of the phase of the work.';
comment on column initiatives.kind is 'Programme, project or action; empty = not stated.';
comment on column initiatives.phase is 'Phase of the work (IATI ActivityStatus 1 to 6); empty = not stated.';
comment on column initiatives.title_text is 'Title in its original language; empty = not stated.';
comment on column initiatives.facts is 'Everything stated about the initiative, one JSON record; the rows of partners and contributions are drawn from it.';
comment on column initiatives.cooperation is 'Computed type of cooperation per profile.';
comment on column initiatives.completeness is 'Share of the thirteen fields present, 0 to 1.';
comment on column initiatives.published_version is 'The version that the public sees; empty until first published.';
comment on column initiatives.import_digest is 'SHA-256 of what the last import said, per listed year; equal digests mean unchanged.';
comment on column initiatives.listed is 'The years in which sources list it, each with row, run, edition and group; listings are drawn from it.';
comment on column initiatives.version is 'Counts changes; optimistic locking.';
comment on column initiatives.created_at is 'Instant of creation.';
comment on column initiatives.created_by is 'Who created it; for imported rows, who ran the import.';
comment on column initiatives.updated_at is 'Instant of the last change.';
comment on column initiatives.updated_by is 'Who changed it last.';
comment on column initiatives.owner_org is 'Organisation that owns the record.';
comment on column initiatives.visibility is 'Who may see it; kept now, applied once accounts exist.';

create table initiative_partners (
  initiative_id  text not null references initiatives (id) on delete cascade,
  partner_no     text not null,
  org_id         text,
  name           text,
  country_code   text check (country_code ~ '^[A-Z]{3}$'),
  role           text,
  partner_type   text,
  unnamed        boolean not null default false,
  primary key (initiative_id, partner_no)
);
comment on table initiative_partners is 'Who takes part in an initiative, in which role. A party with two roles has two rows.';
comment on column initiative_partners.initiative_id is 'The initiative.';
comment on column initiative_partners.partner_no is 'Number of the partner within the initiative.';
comment on column initiative_partners.org_id is 'The organisation, when it is in the directory.';
comment on column initiative_partners.name is 'Name as stated, when it is not.';
comment on column initiative_partners.country_code is 'Country of its seat, ISO 3166-1 alpha-3.';
comment on column initiative_partners.role is 'Role; empty = not stated.';
comment on column initiative_partners.partner_type is 'Type of partner; empty = not stated.';
comment on column initiative_partners.unnamed is 'A party that the source mentions without naming it.';
create index initiative_partners_by_org on initiative_partners (org_id) where org_id is not null;

create table initiative_contributions (
  initiative_id    text not null references initiatives (id) on delete cascade,
  contribution_no  text not null,
  giver_no         text not null,
  taker_no         text,
  modality         text,
  flow_group       text not null check (flow_group in ('A', 'B', 'C')),
  nature           text check (nature in ('commitment', 'disbursement', 'delivery', 'plan')),
  started_on       text,
  ended_on         text,
  amount           numeric check (amount >= 0),
  currency         text check (length(currency) = 3),
  value_date       date,
  quantity         numeric check (quantity >= 0),
  unit             text,
  primary key (initiative_id, contribution_no),
  check ((amount is null) = (currency is null)),
  check (flow_group <> 'A' or amount is not null),
  check (flow_group <> 'B' or amount is not null or quantity is not null),
  check (flow_group <> 'C' or amount is null),
  check (giver_no is distinct from taker_no)
);
comment on table initiative_contributions is 'What one partner gives within an initiative: money (A), in kind with a quantity (B), described only (C).';
comment on column initiative_contributions.initiative_id is 'The initiative.';
comment on column initiative_contributions.contribution_no is 'Number of the contribution within the initiative.';
comment on column initiative_contributions.giver_no is 'Partner who gives.';
comment on column initiative_contributions.taker_no is 'Partner who takes; empty = not stated.';
comment on column initiative_contributions.modality is 'How it is given; empty = not stated.';
comment on column initiative_contributions.flow_group is 'A money, B in kind and countable, C described only.';
comment on column initiative_contributions.nature is 'Commitment, disbursement, delivery or plan.';
comment on column initiative_contributions.started_on is 'First day or month or year of the flow.';
comment on column initiative_contributions.ended_on is 'Last day or month or year of the flow.';
comment on column initiative_contributions.amount is 'Exact amount in the original currency.';
comment on column initiative_contributions.currency is 'ISO 4217.';
comment on column initiative_contributions.value_date is 'Date of the exchange rate.';
comment on column initiative_contributions.quantity is 'Exact quantity in the original unit.';
comment on column initiative_contributions.unit is 'Unit of the quantity.';

create table listings (
  id                 text primary key,
  collection_id      text not null references collections (id) on delete restrict,
  initiative_id      text not null references initiatives (id) on delete cascade,
  state              text not null,
  record_state       text not null,
  year               integer check (year between 1900 and 2200),
  source_row         integer,
  run_id             text,
  revision           text,
  group_key          text,
  hosts              text[] not null,
  partner_countries  text[] not null,
  providers          text[] not null,
  recipients         text[] not null,
  partner_types      text[] not null,
  agency_roles       text[] not null,
  regions            text[] not null,
  territorial_focus  text[] not null,
  theme              text,
  scale              text,
  sectors            text[] not null,
  goals              text[] not null,
  org_ids            text[] not null,
  cooperation        text[] not null,
  has_title          boolean not null,
  title              jsonb,
  title_text         text,
  search_words       tsvector not null,
  unique nulls not distinct (initiative_id, year)
);
comment on table listings is 'What a source listed, as listed: one row per source row and year, as the public sees it. Figures count these.';
comment on column listings.id is 'ULID.';
comment on column listings.collection_id is 'Collection that holds it.';
comment on column listings.initiative_id is 'The initiative that the row is about.';
comment on column listings.state is 'Published while the public sees the row, also when a new version is being prepared; otherwise the state of the record.';
comment on column listings.record_state is 'State of the record as its editors see it.';
comment on column listings.year is 'Year that the list describes; empty = not stated.';
comment on column listings.source_row is 'Row in the source file, counted as a person sees it.';
comment on column listings.run_id is 'Import run that brought the row.';
comment on column listings.revision is 'Edition of the list.';
comment on column listings.group_key is 'Rows with one key belong to one project, without being merged.';
comment on column listings.hosts is 'Countries whose office reports the row.';
comment on column listings.partner_countries is 'Countries that took part, whatever their role.';
comment on column listings.providers is 'Countries that provide, support or fund, peers included.';
comment on column listings.recipients is 'Countries that receive, peers and countries of benefit included.';
comment on column listings.partner_types is 'Types of partner mentioned.';
comment on column listings.agency_roles is 'Roles of the supporting UN entity.';
comment on column listings.regions is 'Regions as listed.';
comment on column listings.territorial_focus is 'Country situation as listed: LDC, MIC, HIC, SIDS, FS.';
comment on column listings.theme is 'Theme as listed.';
comment on column listings.scale is 'Country to country, regional or global; empty = not stated.';
comment on column listings.sectors is 'Sector codes.';
comment on column listings.goals is 'Sustainable Development Goals, by number.';
comment on column listings.org_ids is 'Organisations that take part.';
comment on column listings.cooperation is 'Computed type per profile, as profile:type.';
comment on column listings.has_title is 'Whether a title is stated.';
comment on column listings.title is 'Title as localised text.';
comment on column listings.title_text is 'Title in its original language, for sorting.';
comment on column listings.search_words is 'Words of title, texts and identifiers for full-text search.';
create index listings_by_initiative on listings (initiative_id);
create index listings_by_collection on listings (collection_id);
create index listings_search on listings using gin (search_words);

create table registry_changes (
  seq            bigint generated always as identity primary key,
  collection_id  text not null,
  initiative_id  text
);
comment on table registry_changes is 'What changed since a reader last looked, so that counts in memory follow; an empty initiative means read the whole collection again.';
comment on column registry_changes.seq is 'Order of the changes.';
comment on column registry_changes.collection_id is 'Collection that changed.';
comment on column registry_changes.initiative_id is 'Initiative that changed.';

create table import_mappings (
  name        text primary key,
  mapping     jsonb not null,
  version     integer not null check (version > 0),
  updated_at  timestamptz not null,
  updated_by  text not null
);
comment on table import_mappings is 'Mappings of columns to fields, saved by name for the next file of the same kind.';
comment on column import_mappings.name is 'Name that the person gave.';
comment on column import_mappings.mapping is 'The mapping.';
comment on column import_mappings.version is 'Counts changes; optimistic locking.';
comment on column import_mappings.updated_at is 'Instant of the last change.';
comment on column import_mappings.updated_by is 'Who changed it last.';

create table import_runs (
  id             text primary key,
  collection_id  text not null references collections (id) on delete restrict,
  file_name      text not null,
  file_digest    text not null,
  file_bytes     bigint not null,
  format         text not null,
  mapping        jsonb,
  state          text not null check (state in ('staging', 'applied', 'undone', 'cancelled', 'failed')),
  rows_read      integer not null default 0,
  rows_staged    integer not null default 0,
  created_count  integer not null default 0,
  changed_count  integer not null default 0,
  unchanged_count integer not null default 0,
  rejected_count integer not null default 0,
  warning_count  integer not null default 0,
  digest         text,
  reading        jsonb,
  failure        jsonb,
  started_at     timestamptz not null,
  started_by     text not null,
  heartbeat_at   timestamptz not null,
  finished_at    timestamptz,
  undone_at      timestamptz
);
comment on table import_runs is 'One reading of one file into one collection. Its rows become visible together or not at all, and it can be undone as a whole.';
comment on column import_runs.id is 'ULID.';
comment on column import_runs.collection_id is 'Collection that it fills.';
comment on column import_runs.file_name is 'Name of the file as received.';
comment on column import_runs.file_digest is 'SHA-256 of the file.';
comment on column import_runs.file_bytes is 'Size of the file.';
comment on column import_runs.format is 'Format recognised from the content.';
comment on column import_runs.mapping is 'Mapping of columns to fields that was used.';
comment on column import_runs.state is 'Staging until all rows are read; then applied, cancelled or failed; an applied run can be undone.';
comment on column import_runs.rows_read is 'Data rows read.';
comment on column import_runs.rows_staged is 'Rows prepared so far, for the progress bar.';
comment on column import_runs.created_count is 'Records created.';
comment on column import_runs.changed_count is 'Records changed.';
comment on column import_runs.unchanged_count is 'Rows that said what was already known.';
comment on column import_runs.rejected_count is 'Rows that could not be stored; each has a problem.';
comment on column import_runs.warning_count is 'Warnings.';
comment on column import_runs.digest is 'SHA-256 over the digests of its rows.';
comment on column import_runs.reading is 'What became of every row of the file: titles, headings, blanks, totals, notes.';
comment on column import_runs.failure is 'Why it failed: problem code and parameters.';
comment on column import_runs.started_at is 'Instant of the start.';
comment on column import_runs.started_by is 'Who started it.';
comment on column import_runs.heartbeat_at is 'Last sign of life while staging; a run without one was interrupted.';
comment on column import_runs.finished_at is 'Instant at which it was applied, cancelled or failed.';
comment on column import_runs.undone_at is 'Instant at which it was undone.';

create table import_rows (
  run_id        text not null references import_runs (id) on delete cascade,
  seq           integer not null,
  outcome       text not null check (outcome in ('created', 'changed')),
  initiative_id text not null,
  identifier    text not null,
  base_version  integer,
  record        jsonb not null,
  derived       jsonb not null,
  digest        text not null,
  primary key (run_id, seq),
  unique (run_id, identifier)
);
comment on table import_rows is 'Rows of a run that is being read; emptied when the run is applied, cancelled or failed.';
comment on column import_rows.run_id is 'The run.';
comment on column import_rows.seq is 'Order of the rows.';
comment on column import_rows.outcome is 'What applying will do.';
comment on column import_rows.initiative_id is 'Initiative that it makes or changes.';
comment on column import_rows.identifier is 'Identifier within the collection.';
comment on column import_rows.base_version is 'Version that the change builds on.';
comment on column import_rows.record is 'The whole record as it will be.';
comment on column import_rows.derived is 'Columns computed from the record.';
comment on column import_rows.digest is 'SHA-256 of what the row says.';

create table import_problems (
  run_id       text not null references import_runs (id) on delete cascade,
  seq          integer not null,
  level        text not null check (level in ('error', 'warning')),
  code         text not null,
  params       jsonb not null,
  sheet        text,
  source_row   integer,
  column_name  text,
  primary key (run_id, seq)
);
comment on table import_problems is 'What a run found wrong: where, what was found, what would be accepted.';
comment on column import_problems.run_id is 'The run.';
comment on column import_problems.seq is 'Order in the file.';
comment on column import_problems.level is 'Error: the row or value could not be stored as meant. Warning: stored, but look at it.';
comment on column import_problems.code is 'Code of the problem; its text is in the message files.';
comment on column import_problems.params is 'Parameters of the text.';
comment on column import_problems.sheet is 'Sheet of the workbook.';
comment on column import_problems.source_row is 'Row as a person sees it.';
comment on column import_problems.column_name is 'Header of the column.';

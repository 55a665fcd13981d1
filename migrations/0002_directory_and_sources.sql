-- Why: organisations that records point to, and the documents from which reported numbers are quoted, with paragraph.
-- Old program versions: none can run on it. Time on 100,000 rows: nothing to convert.

create table orgs (
  id                text primary key,
  key               text unique check (key ~ '^[a-z0-9][a-z0-9+-]*$'),
  names             jsonb not null,
  acronyms          jsonb not null default '{}',
  aliases           text[] not null default '{}',
  org_type          text not null check (org_type in ('10', '11', '15', '21', '22', '23', '24', '30', '40', '60', '70', '71', '72', '73', '80', '90')),
  org_subtype       text,
  country_code      text check (country_code ~ '^[A-Z]{3}$'),
  parent_id         text references orgs (id) on delete restrict,
  iati_id           text,
  iati_id_basis     text check (iati_id_basis in ('stated', 'seen', 'built', 'own')),
  other_ids         jsonb not null default '[]',
  collective        boolean not null default false,
  member_countries  jsonb not null default '[]',
  part_of_un_system boolean not null default false,
  due_diligence     text not null default 'none' check (due_diligence in ('none', 'requested', 'cleared', 'refused')),
  due_diligence_until date,
  duplicate_of      text references orgs (id) on delete restrict,
  search_text       text not null,
  shipped_digest    text,
  version           integer not null check (version > 0),
  created_at        timestamptz not null,
  created_by        text not null,
  updated_at        timestamptz not null,
  updated_by        text not null,
  owner_org         text references orgs (id) on delete restrict,
  visibility        text not null default 'public' check (visibility in ('public', 'network', 'group', 'private')),
  provenance        jsonb not null,
  check ((iati_id is null) = (iati_id_basis is null)),
  check (due_diligence = 'cleared' or due_diligence_until is null),
  check (parent_id is distinct from id),
  check (duplicate_of is distinct from id)
);
comment on table orgs is 'Organisations: governments, United Nations entities, regional bodies, firms, universities and others.';
comment on column orgs.id is 'ULID.';
comment on column orgs.key is 'Short name of an organisation that the product ships, for example undp; empty for all others.';
comment on column orgs.names is 'Name as localised text.';
comment on column orgs.acronyms is 'Acronym per language: language code to text.';
comment on column orgs.aliases is 'Other names under which sources write it: former names, spellings.';
comment on column orgs.org_type is 'IATI organisation type.';
comment on column orgs.org_subtype is 'Code of the list orgSubtype; empty = none applies or not stated.';
comment on column orgs.country_code is 'Country of its seat, ISO 3166-1 alpha-3; with type 10 or 11 it is that country''s government.';
comment on column orgs.parent_id is 'Organisation of which it is a part.';
comment on column orgs.iati_id is 'Organisation identifier as IATI files carry it.';
comment on column orgs.iati_id_basis is 'Stated by a person, seen in its published files, built from its channel code, or made by us as <ISO2>-SUR-<slug>.';
comment on column orgs.other_ids is 'Identifiers of other schemes: a list of {scheme, id}.';
comment on column orgs.collective is 'Regional or other body whose members are countries; may act as a collective of Southern countries.';
comment on column orgs.member_countries is 'Members of a collective: a list of {country, from, to}; empty = not recorded.';
comment on column orgs.part_of_un_system is 'Entity of the United Nations system.';
comment on column orgs.due_diligence is 'State of the due diligence check of a partner.';
comment on column orgs.due_diligence_until is 'Last day on which the clearance holds.';
comment on column orgs.duplicate_of is 'The organisation that this record repeats; references follow it.';
comment on column orgs.search_text is 'All names, acronyms, aliases and identifiers, folded (no case, no accents), one a line.';
comment on column orgs.shipped_digest is 'SHA-256 of what the product last shipped about it; a difference means newer shipped facts.';
comment on column orgs.version is 'Counts changes; optimistic locking.';
comment on column orgs.created_at is 'Instant of creation.';
comment on column orgs.created_by is 'Who created it.';
comment on column orgs.updated_at is 'Instant of the last change.';
comment on column orgs.updated_by is 'Who changed it last.';
comment on column orgs.owner_org is 'Organisation that owns the record.';
comment on column orgs.visibility is 'Who may see it.';
comment on column orgs.provenance is 'How it came in: origin, actor, instant, sources.';
create unique index orgs_by_iati_id on orgs (lower(iati_id)) where iati_id is not null and duplicate_of is null;
create index orgs_search on orgs using gin (search_text gin_trgm_ops);

create table org_names (
  org_id  text not null references orgs (id) on delete cascade,
  kind    text not null check (kind in ('name', 'acronym', 'alias', 'identifier')),
  lang    text not null,
  folded  text not null,
  primary key (folded, org_id, kind, lang)
);
comment on table org_names is 'Every way in which an organisation is written, folded, for looking names up. Drawn from orgs.';
comment on column org_names.org_id is 'The organisation.';
comment on column org_names.kind is 'Name, acronym, alias or identifier.';
comment on column org_names.lang is 'Language of the name; und for aliases and identifiers.';
comment on column org_names.folded is 'The text without case, accents and punctuation.';
create index org_names_by_org on org_names (org_id);
create index org_names_likeness on org_names using gist (folded gist_trgm_ops (siglen = 64)); -- gist gives the nearest first

create table documents (
  id              text primary key,
  symbol          text not null unique check (symbol <> ''),
  printed_symbol  text,
  kind            text not null,
  titles          jsonb not null,
  body            text,
  date            text check (date ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  languages       text[] not null default '{}',
  url             text,
  note            jsonb,
  cited_in        jsonb not null default '[]',
  footnotes       jsonb not null default '[]',
  shipped_digest  text,
  version         integer not null check (version > 0),
  created_at      timestamptz not null,
  created_by      text not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  owner_org       text references orgs (id) on delete restrict,
  visibility      text not null default 'public' check (visibility in ('public', 'network', 'group', 'private')),
  provenance      jsonb not null
);
comment on table documents is 'Documents that are cited: reports, resolutions, decisions, publications. Their text is not kept.';
comment on column documents.id is 'ULID.';
comment on column documents.symbol is 'Symbol or, where the document bears none, a key of our own.';
comment on column documents.printed_symbol is 'Symbol as the document prints it; empty = it bears none.';
comment on column documents.kind is 'Report, resolution, decision, note, publication, ...';
comment on column documents.titles is 'Title as localised text.';
comment on column documents.body is 'Who issued it and at which session.';
comment on column documents.date is 'Date as precisely as it is known: year, month or day.';
comment on column documents.languages is 'Languages in which it was issued; none = not stated.';
comment on column documents.url is 'Where it can be read.';
comment on column documents.note is 'What a reader should know about it, as localised text.';
comment on column documents.cited_in is 'Where the shipped report cites it: paragraphs and footnotes.';
comment on column documents.footnotes is 'Footnotes of the document: a list of {number, para, sources}.';
comment on column documents.shipped_digest is 'SHA-256 of what the product last shipped about it.';
comment on column documents.version is 'Counts changes; optimistic locking.';
comment on column documents.created_at is 'Instant of creation.';
comment on column documents.created_by is 'Who created it.';
comment on column documents.updated_at is 'Instant of the last change.';
comment on column documents.updated_by is 'Who changed it last.';
comment on column documents.owner_org is 'Organisation that owns the record.';
comment on column documents.visibility is 'Who may see it.';
comment on column documents.provenance is 'How it came in: origin, actor, instant, sources.';

create table document_paragraphs (
  document_id  text not null references documents (id) on delete cascade,
  number       text not null check (number <> ''),
  position     integer not null check (position > 0),
  topic        jsonb not null,
  primary key (document_id, number),
  unique (document_id, position)
);
comment on table document_paragraphs is 'Numbered paragraphs of a document: number and topic, without the text.';
comment on column document_paragraphs.document_id is 'The document.';
comment on column document_paragraphs.number is 'Number as printed.';
comment on column document_paragraphs.position is 'Place in the document, from 1.';
comment on column document_paragraphs.topic is 'What the paragraph is about, in words of our own, as localised text.';

create table reported_values (
  id              text primary key,
  key             text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  period          text,
  document_id     text not null references documents (id) on delete restrict,
  para            text,
  footnote        text,
  page            text,
  label           jsonb not null,
  value           numeric,
  low             numeric,
  high            numeric,
  unit            text not null,
  digits          integer not null check (digits between 0 and 12),
  qualifier       text not null check (qualifier in ('exact', 'approx', 'at_least', 'more_than', 'less_than')),
  note            jsonb,
  shipped_digest  text,
  version         integer not null check (version > 0),
  created_at      timestamptz not null,
  created_by      text not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  owner_org       text references orgs (id) on delete restrict,
  visibility      text not null default 'public' check (visibility in ('public', 'network', 'group', 'private')),
  provenance      jsonb not null,
  unique nulls not distinct (key, period, document_id),
  check ((value is null) <> (low is null)),
  check ((low is null) = (high is null)),
  check (low <= high),
  check (provenance ->> 'origin' in ('entered', 'imported'))  -- a computed number is never one of these
);
comment on table reported_values is 'Numbers that a source prints, kept as printed. A computed number stands beside one and never replaces it.';
comment on column reported_values.id is 'ULID.';
comment on column reported_values.key is 'What the number is about; one key has one number per period and document.';
comment on column reported_values.period is 'Time the number is about: 2014, 2014-2017, or 1990- for since 1990; empty = not stated.';
comment on column reported_values.document_id is 'Document that prints it.';
comment on column reported_values.para is 'Paragraph, as numbered in the document.';
comment on column reported_values.footnote is 'Footnote, as numbered in the document.';
comment on column reported_values.page is 'Page, where the document has no numbered paragraphs.';
comment on column reported_values.label is 'What the number says, as localised text.';
comment on column reported_values.value is 'The number, exact, in its unit; empty when a range is printed.';
comment on column reported_values.low is 'Lower end of a printed range.';
comment on column reported_values.high is 'Upper end of a printed range.';
comment on column reported_values.unit is 'Unit: count, percent (0 to 100), points, factor, usd, usd_bn or a unit of quantities.';
comment on column reported_values.digits is 'Digits after the decimal point, as printed.';
comment on column reported_values.qualifier is 'How firmly the source says it: exact, nearly, at least, more than, less than.';
comment on column reported_values.note is 'Doubt about the reading, as localised text.';
comment on column reported_values.shipped_digest is 'SHA-256 of what the product last shipped about it.';
comment on column reported_values.version is 'Counts changes; optimistic locking.';
comment on column reported_values.created_at is 'Instant of creation.';
comment on column reported_values.created_by is 'Who created it.';
comment on column reported_values.updated_at is 'Instant of the last change.';
comment on column reported_values.updated_by is 'Who changed it last.';
comment on column reported_values.owner_org is 'Organisation that owns the record.';
comment on column reported_values.visibility is 'Who may see it.';
comment on column reported_values.provenance is 'How it came in: origin, actor, instant, sources.';
create index reported_values_by_document on reported_values (document_id, para);

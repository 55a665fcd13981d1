-- Why: after an import, records that may report one initiative are looked for by themselves, in steps, so that nobody waits and a
-- process that dies in the middle costs nothing.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table link_searches (
  id             text primary key,
  collection_id  text references collections (id) on delete cascade,
  run_id         text references import_runs (id) on delete cascade,
  state          text not null check (state in ('waiting', 'comparing', 'keeping', 'done', 'failed')),
  asked_at       timestamptz not null,
  asked_by       text not null,
  started_at     timestamptz,
  ended_at       timestamptz,
  holder         text,
  alive_at       timestamptz,
  records        integer not null default 0 check (records >= 0),
  likely         integer not null default 0 check (likely >= 0),
  pairs_kept     integer not null default 0 check (pairs_kept >= 0),
  pairs_found    integer not null default 0 check (pairs_found >= 0),
  created        integer not null default 0 check (created >= 0),
  changed        integer not null default 0 check (changed >= 0),
  removed        integer not null default 0 check (removed >= 0),
  failure        jsonb,
  check ((state in ('comparing', 'keeping')) = (holder is not null)),
  check ((state in ('done', 'failed')) = (ended_at is not null)),
  check ((failure is null) or (state = 'failed'))
);
comment on table link_searches is 'Searches for records that may report one initiative: asked for by an import or a person, done one after the other.';
comment on column link_searches.id is 'ULID.';
comment on column link_searches.collection_id is 'Only pairs with a record of it; empty = all.';
comment on column link_searches.run_id is 'The import that it follows; empty = a person asked.';
comment on column link_searches.state is 'Waiting, comparing records, keeping pairs, done or failed.';
comment on column link_searches.asked_at is 'Instant at which it was asked for.';
comment on column link_searches.asked_by is 'Who asked, or imported.';
comment on column link_searches.started_at is 'Instant of its first beginning.';
comment on column link_searches.ended_at is 'Instant of its end.';
comment on column link_searches.holder is 'Process that does it at this moment.';
comment on column link_searches.alive_at is 'Last sign of life of the holder; after 15 seconds of silence another begins it anew.';
comment on column link_searches.records is 'Records that are compared.';
comment on column link_searches.likely is 'Pairs at or above the threshold of the review page.';
comment on column link_searches.pairs_kept is 'Pairs that are stored already.';
comment on column link_searches.pairs_found is 'Pairs to store.';
comment on column link_searches.created is 'Pairs that are new.';
comment on column link_searches.changed is 'Pairs with another score or other reasons than before.';
comment on column link_searches.removed is 'Pairs that are not likely any more and that nobody had decided.';
comment on column link_searches.failure is 'Why it failed: {code, params}.';
create unique index link_searches_waiting on link_searches (coalesce(collection_id, '')) where state = 'waiting';
create index link_searches_unfinished on link_searches (id) where state in ('waiting', 'comparing', 'keeping');

-- Written and read by the program: the page shows counts, no record.
alter table link_searches enable row level security;
create policy link_searches_rows on link_searches for all to sursur_program using ((select app_sees_all()));

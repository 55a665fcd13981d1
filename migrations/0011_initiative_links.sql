-- Why: one initiative reported by several parties under several identifiers: pairs that are likely to be one are proposed, a person
-- links or refuses them. A link changes no row of what it joins, so taking it away leaves every row as it was.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table initiative_link_proposals (
  id            text primary key,
  one_id        text not null references initiatives (id) on delete cascade,
  other_id      text not null references initiatives (id) on delete cascade,
  score         integer not null check (score between 0 and 100),
  reasons       jsonb not null,
  doubts        jsonb not null,
  found_at      timestamptz not null,
  found_by      text not null,
  decision      text check (decision in ('refused', 'unsure')),
  decision_reason text,
  decided_at    timestamptz,
  decided_by    text,
  version       integer not null check (version > 0),
  unique (one_id, other_id),
  check (one_id < other_id),
  check ((decision is null) = (decided_at is null)),
  check ((decision is null) = (decided_by is null))
);
comment on table initiative_link_proposals is 'Pairs of records that are likely to be reports of one initiative. Only suggests: a person decides.';
comment on column initiative_link_proposals.id is 'ULID.';
comment on column initiative_link_proposals.one_id is 'The record with the smaller id.';
comment on column initiative_link_proposals.other_id is 'The record with the greater id.';
comment on column initiative_link_proposals.score is 'Sum of the points of reasons and doubts, 0 to 100.';
comment on column initiative_link_proposals.reasons is 'What speaks for it: a list of {code, points, params}.';
comment on column initiative_link_proposals.doubts is 'What speaks against it: a list of {code, points, params}.';
comment on column initiative_link_proposals.found_at is 'Instant at which it was last found with this score.';
comment on column initiative_link_proposals.found_by is 'Who asked for proposals then.';
comment on column initiative_link_proposals.decision is 'Refused, or looked at without being sure; empty = not decided, or linked (see initiative_links).';
comment on column initiative_link_proposals.decision_reason is 'Why, in the words of who decided.';
comment on column initiative_link_proposals.decided_at is 'Instant of the decision.';
comment on column initiative_link_proposals.decided_by is 'Who decided.';
comment on column initiative_link_proposals.version is 'Counts decisions; optimistic locking.';
create index initiative_link_proposals_by_score on initiative_link_proposals (score desc, id);
create index initiative_link_proposals_by_other on initiative_link_proposals (other_id);

create table initiative_links (
  id          text primary key,
  one_id      text not null references initiatives (id) on delete cascade,
  other_id    text not null references initiatives (id) on delete cascade,
  leading_id  text,
  reason      text not null check (reason <> ''),
  linked_at   timestamptz not null,
  linked_by   text not null,
  unique (one_id, other_id),
  check (one_id < other_id),
  check (leading_id in (one_id, other_id))
);
comment on table initiative_links is 'Records that a person found to be one initiative. Each stays whole; records that links join directly or through others are a group with one leading record.';
comment on column initiative_links.id is 'ULID.';
comment on column initiative_links.one_id is 'The record with the smaller id.';
comment on column initiative_links.other_id is 'The record with the greater id.';
comment on column initiative_links.leading_id is 'The record that a person chose to lead; empty = the oldest of the group leads.';
comment on column initiative_links.reason is 'Why they are one.';
comment on column initiative_links.linked_at is 'Instant of the decision.';
comment on column initiative_links.linked_by is 'Who decided.';
create index initiative_links_by_other on initiative_links (other_id);

-- A pair shows to whoever sees both records; it is written with the eyes of the program, after the right to both was checked.
do $$
declare
  paired text;
begin
  foreach paired in array array['initiative_link_proposals', 'initiative_links'] loop
    execute format('alter table %I enable row level security', paired);
    execute format(
      'create policy %I on %I for all to sursur_program using ('
      '(select app_sees_all()) or ('
      'exists (select 1 from initiatives as i where i.id = one_id) and exists (select 1 from initiatives as i where i.id = other_id)))',
      paired || '_rows', paired);
    execute format('create policy %I on %I as restrictive for insert to sursur_program with check ((select app_sees_all()))',
      paired || '_insert', paired);
    execute format('create policy %I on %I as restrictive for update to sursur_program using ((select app_sees_all()))',
      paired || '_update', paired);
    execute format('create policy %I on %I as restrictive for delete to sursur_program using ((select app_sees_all()))',
      paired || '_delete', paired);
  end loop;
end $$;

-- Versions of a link and of a proposal name both records: who does not see both sees none of them.
create policy record_versions_links on record_versions as restrictive for select to sursur_program
  using (
    aggregate not in ('initiative_links', 'initiative_link_proposals')
    or (
      exists (select 1 from initiatives as i where i.id = snapshot ->> 'oneId')
      and exists (select 1 from initiatives as i where i.id = snapshot ->> 'otherId')
    )
  );

-- Why: the page of a publisher lists the files in which it publishes, with what is wrong in them.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: some seconds, for what was imported before.

alter table initiative_sources add column publisher text;
comment on column initiative_sources.publisher is 'Reporting organisation of the activity: its identifier, else its name; empty = not stated.';
update initiative_sources as s
set publisher = coalesce(i.facts -> 'reportingOrg' ->> 'ref', i.facts -> 'reportingOrg' ->> 'name')
from initiatives as i
where i.id = s.initiative_id;

-- What was found in an activity holds until it is read again: problems are looked up by activity, however many a run has.
create index import_problems_by_activity on import_problems (run_id, activity) where activity is not null;

-- Why: the page of a publisher lists the files in which it publishes, with what is wrong in them.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: some seconds, for what was imported before.

alter table initiative_sources add column publisher text;
comment on column initiative_sources.publisher is 'Reporting organisation of the activity: its identifier, else its name; empty = not stated.';
update initiative_sources as s
set publisher = coalesce(i.facts -> 'reportingOrg' ->> 'ref', i.facts -> 'reportingOrg' ->> 'name')
from initiatives as i
where i.id = s.initiative_id;

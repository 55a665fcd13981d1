-- Why: row-level security as the second net behind the policy, and the role under which the program runs: it reads and writes rows
-- and can change no table. Listings get what the policy looks at, so that a list needs no other table.
-- Old program versions: refuse to start on a newer schema than their own.
-- Time on 100,000 rows: listings are updated once, about 10 s.

-- The role belongs to the whole server. Who may make roles makes it; who may not is given it before (docs/guides/install.md).
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'sursur_program') then
    create role sursur_program nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of the server made it at this moment
end $$;
-- From version 16 on whoever makes a role is a member without the right to take it; before, each member has that right.
do $$
declare
  needed text := case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end;
begin
  if not pg_has_role(current_user, 'sursur_program', needed) then
    execute format('grant sursur_program to %I', current_user);
  end if;
end $$;

grant usage on schema public to sursur_program;
grant select, insert, update, delete on all tables in schema public to sursur_program;
grant usage, select on all sequences in schema public to sursur_program;
alter default privileges in schema public grant select, insert, update, delete on tables to sursur_program;
alter default privileges in schema public grant usage, select on sequences to sursur_program;
revoke insert, update, delete on schema_migrations from sursur_program;
-- A table of one's own, also a temporary one, would be found before the real one of that name.
revoke create on schema public from public;
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
end $$;
revoke update, delete on audit_events from sursur_program;

alter table listings
  add column identifier text,
  add column owner_org text,
  add column visibility text not null default 'public' check (visibility in ('public', 'network', 'group', 'private'));
comment on column listings.identifier is 'Identifier within the collection.';
comment on column listings.owner_org is 'Organisation that owns the record.';
comment on column listings.visibility is 'Who may see it.';
update listings as l
set identifier = i.identifier, owner_org = i.owner_org, visibility = i.visibility
from initiatives as i
where i.id = l.initiative_id;

-- What the transaction may see, as the program sets it. Nothing set: nothing but what everybody may see.
create function app_sees_all() returns boolean language sql stable
  return coalesce(current_setting('app.sees', true), '') = 'all';
create function app_sees_network() returns boolean language sql stable
  return coalesce(current_setting('app.sees', true), '') in ('all', 'network');
create function app_actor() returns text language sql stable
  return nullif(current_setting('app.actor', true), '');
create function app_orgs() returns text[] language sql stable
  return string_to_array(coalesce(current_setting('app.orgs', true), ''), ' ');
create function app_countries() returns text[] language sql stable
  return string_to_array(coalesce(current_setting('app.countries', true), ''), ' ');

-- Each function stands in a subquery, so that it is asked once per statement and not once per row.
alter table listings enable row level security;
create policy listings_rows on listings for all to sursur_program
  using (
    (select app_sees_all())
    or (state = 'published' and visibility = 'public')
    or (state = 'published' and visibility = 'network' and (select app_sees_network()))
    or owner_org = any ((select app_orgs())::text[])
    or (visibility <> 'private' and hosts && (select app_countries()))
  );

alter table initiatives enable row level security;
create policy initiatives_rows on initiatives for all to sursur_program
  using (
    (select app_sees_all())
    or (state = 'published' and visibility = 'public')
    or (state = 'published' and visibility = 'network' and (select app_sees_network()))
    or owner_org = any ((select app_orgs())::text[])
    or (visibility <> 'private' and facts -> 'hosts' ?| (select app_countries()))
  );

-- A record that is shown is shown with the name of its collection, so a collection shows with the first record in it that shows.
create index listings_by_sight on listings (collection_id, visibility, state, owner_org);
alter table collections enable row level security;
create policy collections_rows on collections for all to sursur_program
  using (
    (select app_sees_all())
    or visibility = 'public'
    or (visibility = 'network' and (select app_sees_network()))
    or owner_org = any ((select app_orgs())::text[])
    or exists (select 1 from listings as l where l.collection_id = collections.id)
  );

alter table initiative_partners enable row level security;
create policy initiative_partners_rows on initiative_partners for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from initiatives as i where i.id = initiative_id));

alter table initiative_contributions enable row level security;
create policy initiative_contributions_rows on initiative_contributions for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from initiatives as i where i.id = initiative_id));

-- A version of an initiative: a published one of a record that is shown, for those for whom it was published, or any of a record in
-- the own scope. Versions of people and collections as those; of accounts and roles one's own; of consents nobody's but the program's.
alter table record_versions enable row level security;
create policy record_versions_read on record_versions for select to sursur_program
  using (
    (select app_sees_all())
    or (module <> 'access' and aggregate not in ('initiatives', 'collections', 'persons', 'person_consents', 'orgs'))
    or (aggregate = 'orgs' and (
      snapshot ->> 'visibility' = 'public' or (snapshot ->> 'visibility' = 'network' and (select app_sees_network()))
    ))
    or (module = 'access' and (select app_actor()) in (actor_id, record_id))
    or (aggregate = 'collections' and exists (select 1 from collections as c where c.id = record_id))
    or (aggregate = 'persons' and exists (select 1 from persons as p where p.id = record_id and p.erased_at is null))
    or (aggregate = 'initiatives' and (
      (
        snapshot ->> 'state' = 'published'
        and (snapshot ->> 'visibility' = 'public' or (snapshot ->> 'visibility' = 'network' and (select app_sees_network())))
        and exists (select 1 from listings as l where l.initiative_id = record_id and l.state = 'published')
      )
      or snapshot ->> 'ownerOrg' = any ((select app_orgs())::text[])
      or (snapshot ->> 'visibility' <> 'private' and snapshot -> 'facts' -> 'hosts' ?| (select app_countries()))
    ))
  );
create policy record_versions_write on record_versions for insert to sursur_program with check (true);
create policy record_versions_remove on record_versions for delete to sursur_program using ((select app_sees_all()));

alter table import_runs enable row level security;
create policy import_runs_rows on import_runs for all to sursur_program
  using (
    (select app_sees_all())
    or started_by = (select app_actor())
    or exists (
      select 1 from collections as c where c.id = collection_id and c.owner_org = any ((select app_orgs())::text[])
    )
  );

alter table import_problems enable row level security;
create policy import_problems_rows on import_problems for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from import_runs as r where r.id = run_id));

alter table import_rows enable row level security;
create policy import_rows_rows on import_rows for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from import_runs as r where r.id = run_id));

-- Persons and their contact data have theirs in migration 0006; what hangs on them follows the person.
alter table person_affiliations enable row level security;
create policy person_affiliations_rows on person_affiliations for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from persons as p where p.id = person_id))
  with check (true);

alter table person_consents enable row level security;
create policy person_consents_rows on person_consents for all to sursur_program
  using ((select app_sees_all()) or exists (select 1 from persons as p where p.id = person_id))
  with check (true);

alter table person_contact_reads enable row level security;
create policy person_contact_reads_rows on person_contact_reads for all to sursur_program
  using (
    (select app_sees_all())
    or actor_id = (select app_actor())
    or exists (select 1 from persons as p where p.id = person_id and p.user_id = (select app_actor()))
  )
  with check (true);

alter table audit_events enable row level security;
create policy audit_events_read on audit_events for select to sursur_program
  using ((select app_sees_all()) or actor_id = (select app_actor()));
create policy audit_events_write on audit_events for insert to sursur_program with check (true);

revoke update on audit_personal_values from sursur_program;
alter table audit_personal_values enable row level security;
create policy audit_personal_values_read on audit_personal_values for select to sursur_program using ((select app_sees_all()));
create policy audit_personal_values_write on audit_personal_values for insert to sursur_program with check (true);
create policy audit_personal_values_erase on audit_personal_values for delete to sursur_program using ((select app_sees_all()));

revoke update, delete on audit_verifications from sursur_program;
alter table audit_verifications enable row level security;
create policy audit_verifications_read on audit_verifications for select to sursur_program using ((select app_sees_all()));
create policy audit_verifications_write on audit_verifications for insert to sursur_program with check (true);

alter table users enable row level security;
create policy users_rows on users for all to sursur_program
  using ((select app_sees_all()) or id = (select app_actor()));

alter table user_secrets enable row level security;
create policy user_secrets_rows on user_secrets for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table user_identities enable row level security;
create policy user_identities_rows on user_identities for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table sessions enable row level security;
create policy sessions_rows on sessions for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table one_time_links enable row level security;
create policy one_time_links_rows on one_time_links for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table grants enable row level security;
create policy grants_rows on grants for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table api_keys enable row level security;
create policy api_keys_rows on api_keys for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table messages enable row level security;
create policy messages_rows on messages for all to sursur_program
  using ((select app_sees_all()) or user_id = (select app_actor()));

alter table command_answers enable row level security;
create policy command_answers_rows on command_answers for all to sursur_program
  using ((select app_sees_all()) or actor_id = (select app_actor()));

-- How organisations were merged holds them whole, also those that are not shown.
alter table org_merges enable row level security;
create policy org_merges_rows on org_merges for all to sursur_program using ((select app_sees_all()));

alter table import_mappings enable row level security;
create policy import_mappings_rows on import_mappings for all to sursur_program using (true);

-- Writing is narrower than reading. Records are written in the own scope; everything else with the eyes of the program alone, which a
-- command gets after its right was checked: nobody gives the own account a role, whatever statement the program is made to run.
do $$
declare
  orgs constant text := '(select app_orgs())::text[]';
  countries constant text := '(select app_countries())::text[]';
  initiative constant text := format(
    'i.owner_org = any (%s) or (i.visibility <> ''private'' and i.facts -> ''hosts'' ?| %s)', orgs, countries
  );
  part constant text := format('exists (select 1 from initiatives as i where i.id = initiative_id and (%s))', initiative);
  written record;
  condition text;
begin
  for written in
    select w.name, w.own
    from (values
      ('listings', format('owner_org = any (%s) or (visibility <> ''private'' and hosts && %s)', orgs, countries)),
      ('initiatives', replace(initiative, 'i.', '')),
      ('initiative_partners', part),
      ('initiative_contributions', part),
      ('collections', format('owner_org = any (%s)', orgs)),
      ('person_contact_reads', 'actor_id = (select app_actor())'),
      ('import_runs', 'false'), ('import_problems', 'false'), ('import_rows', 'false'), ('import_mappings', 'false'),
      ('record_versions', 'false'),
      ('persons', 'false'), ('person_affiliations', 'false'), ('person_contacts', 'false'), ('person_consents', 'false'),
      ('audit_events', 'false'), ('audit_personal_values', 'false'), ('audit_verifications', 'false'),
      ('users', 'false'), ('user_secrets', 'false'), ('user_identities', 'false'), ('sessions', 'false'),
      ('one_time_links', 'false'), ('grants', 'false'), ('api_keys', 'false'), ('messages', 'false'), ('command_answers', 'false')
    ) as w (name, own)
  loop
    condition := format('(select app_sees_all()) or %s', written.own);
    execute format('create policy %I on %I as restrictive for insert to sursur_program with check (%s)',
      written.name || '_insert', written.name, condition);
    execute format('create policy %I on %I as restrictive for update to sursur_program using (%s)',
      written.name || '_update', written.name, condition);
    execute format('create policy %I on %I as restrictive for delete to sursur_program using (%s)',
      written.name || '_delete', written.name, condition);
  end loop;
end $$;

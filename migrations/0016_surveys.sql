-- Why: surveys and returns: what a population is asked, in which version of the questions, and what each of its members answered.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table surveys (
  id                  text primary key,
  key                 text not null unique check (key ~ '^[a-z0-9][a-z0-9._-]*$'),
  title               jsonb not null,
  owner_org           text,
  year                integer not null check (year between 1900 and 2200),
  population_class    text not null check (population_class in ('un_entity', 'rc', 'national_agency', 'other')),
  state               text not null check (state in ('draft', 'piloted', 'open', 'closed', 'analysed', 'published', 'withdrawn')),
  opens_on            date,
  closes_on           date,
  anonymity           text not null check (anonymity in ('named', 'aggregate_only')),
  template_key        text,
  predecessor_id      text references surveys (id) on delete restrict,
  needs_validation    boolean not null default false,
  instrument_version  integer not null check (instrument_version > 0),
  state_reason        text,
  version             integer not null check (version > 0),
  created_at          timestamptz not null,
  created_by          text not null,
  updated_at          timestamptz not null,
  updated_by          text not null,
  check (opens_on is null or closes_on is null or opens_on <= closes_on),
  check (predecessor_id is distinct from id),
  check (state <> 'withdrawn' or state_reason is not null)
);
comment on table surveys is 'What is asked of a population in one year; its questions are in survey_instruments, its answers in response_answers.';
comment on column surveys.id is 'ULID.';
comment on column surveys.key is 'Short name in addresses and commands, for example entities-2014.';
comment on column surveys.title is 'Title as localised text.';
comment on column surveys.owner_org is 'Organisation that asks; empty = the instance as a whole.';
comment on column surveys.year is 'Year that the answers are about.';
comment on column surveys.population_class is 'Who is asked: entities of the United Nations system, Resident Coordinators, national agencies, others.';
comment on column surveys.state is 'Draft, piloted, open, closed, analysed, published; withdrawn with a reason.';
comment on column surveys.opens_on is 'First day on which answers are expected.';
comment on column surveys.closes_on is 'Last day; the date by which a response is due unless it has its own.';
comment on column surveys.anonymity is 'Named: answers are shown with who gave them. Aggregate only: counts, and nobody behind them.';
comment on column surveys.template_key is 'Template from which the questions were taken; empty = written for this survey.';
comment on column surveys.predecessor_id is 'The survey that asked the same a year before; its answers are proposed and compared.';
comment on column surveys.needs_validation is 'A colleague validates each return before it counts as final.';
comment on column surveys.instrument_version is 'Version of the questions that is asked now.';
comment on column surveys.state_reason is 'Why it was withdrawn or opened again.';
comment on column surveys.version is 'Counts changes; optimistic locking.';
comment on column surveys.created_at is 'Instant of creation.';
comment on column surveys.created_by is 'Who created it.';
comment on column surveys.updated_at is 'Instant of the last change.';
comment on column surveys.updated_by is 'Who changed it last.';

create table survey_instruments (
  survey_id   text not null references surveys (id) on delete cascade,
  version     integer not null check (version > 0),
  questions   jsonb not null,
  digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
  note        text,
  created_at  timestamptz not null,
  created_by  text not null,
  primary key (survey_id, version)
);
comment on table survey_instruments is 'Each version of the questions of a survey, whole and never changed.';
comment on column survey_instruments.survey_id is 'The survey.';
comment on column survey_instruments.version is 'Version, from 1.';
comment on column survey_instruments.questions is 'Sections, questions and rules over totals, with their texts in every language.';
comment on column survey_instruments.digest is 'SHA-256 of the questions; says whether an offline form is of this version.';
comment on column survey_instruments.note is 'What changed and why.';
comment on column survey_instruments.created_at is 'Instant of creation.';
comment on column survey_instruments.created_by is 'Who wrote this version.';

create table responses (
  id                   text primary key,
  survey_id            text not null references surveys (id) on delete restrict,
  org_id               text,
  country_code         text check (country_code ~ '^[A-Z]{3}$'),
  state                text not null check (state in
    ('listed', 'invited', 'opened', 'draft', 'submitted', 'validated', 'declined', 'no_response')),
  out_of_scope_reason  text check (out_of_scope_reason <> ''),
  instrument_version   integer not null check (instrument_version > 0),
  due_on               date,
  lang                 text,
  people               text[] not null default '{}',
  invited_at           timestamptz,
  invited_by           text,
  opened_at            timestamptz,
  opened_by            text,
  submitted_at         timestamptz,
  submitted_by         text,
  validated_at         timestamptz,
  validated_by         text,
  declined_reason      text check (declined_reason <> ''),
  withdrawn_at         timestamptz,
  withdrawn_reason     text,
  returned_at          timestamptz,
  remark               text,
  receipt              text unique,
  version              integer not null check (version > 0),
  created_at           timestamptz not null,
  created_by           text not null,
  updated_at           timestamptz not null,
  updated_by           text not null,
  check (org_id is not null or country_code is not null),
  check ((invited_at is null) = (state = 'listed')),
  check (state not in ('submitted', 'validated') or (submitted_at is not null and receipt is not null)),
  check (state <> 'validated' or validated_at is not null),
  check (state <> 'declined' or declined_reason is not null)
);
comment on table responses is 'The return of one member of the population of a survey, from the day it is listed to the day it is validated.';
comment on column responses.id is 'ULID.';
comment on column responses.survey_id is 'The survey.';
comment on column responses.org_id is 'Organisation that is asked; empty where a country is asked as such.';
comment on column responses.country_code is 'Country of the office that is asked, ISO 3166-1 alpha-3; alone: the country is asked.';
comment on column responses.state is 'Listed, invited, opened, draft, submitted, validated; declined; no response when the survey closed.';
comment on column responses.out_of_scope_reason is 'Why it should not have been asked; such a response leaves the smaller denominator.';
comment on column responses.instrument_version is 'Version of the questions to which its answers belong.';
comment on column responses.due_on is 'Day by which it is due; empty = the day on which the survey closes.';
comment on column responses.lang is 'Language in which the respondent is written to.';
comment on column responses.people is 'Accounts that work on it beside those who hold the role for the organisation; as in response_people.';
comment on column responses.invited_at is 'Instant of the invitation.';
comment on column responses.invited_by is 'Who invited.';
comment on column responses.opened_at is 'Instant at which the respondent first opened it.';
comment on column responses.opened_by is 'Who opened it first.';
comment on column responses.submitted_at is 'Instant of the last submission.';
comment on column responses.submitted_by is 'Who submitted it.';
comment on column responses.validated_at is 'Instant of the validation.';
comment on column responses.validated_by is 'Who validated it.';
comment on column responses.declined_reason is 'Why the respondent does not answer.';
comment on column responses.withdrawn_at is 'Instant at which the respondent last took it back.';
comment on column responses.withdrawn_reason is 'Why.';
comment on column responses.returned_at is 'Instant at which it was last given back to the respondent.';
comment on column responses.remark is 'What whoever gave it back said.';
comment on column responses.receipt is 'Number of the receipt of the last submission.';
comment on column responses.version is 'Counts changes other than answers; optimistic locking.';
comment on column responses.created_at is 'Instant at which it was listed.';
comment on column responses.created_by is 'Who listed it.';
comment on column responses.updated_at is 'Instant of the last change other than of an answer.';
comment on column responses.updated_by is 'Who changed it last.';
-- A member is asked once.
create unique index responses_of_orgs on responses (survey_id, org_id) where org_id is not null;
create unique index responses_of_countries on responses (survey_id, country_code) where org_id is null;
create index responses_by_org on responses (org_id) where org_id is not null;
create index responses_by_country on responses (country_code) where org_id is null;
create index responses_by_people on responses using gin (people);

create table answer_proposals (
  id            text primary key,
  response_id   text not null references responses (id) on delete cascade,
  question      text not null,
  value         jsonb not null,
  source        text not null check (source in ('records', 'last_year', 'file', 'document')),
  query         text,
  params        jsonb not null default '{}',
  row_count     integer check (row_count >= 0),
  rows_digest   text,
  origin        jsonb not null default '{}',
  proposed_at   timestamptz not null,
  proposed_by   text not null,
  outcome       text not null check (outcome in ('open', 'accepted', 'changed', 'refused', 'replaced')),
  decided_at    timestamptz,
  decided_by    text,
  check ((outcome = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null))
);
comment on table answer_proposals is 'What was proposed as an answer, from where, and what became of it; kept for ever.';
comment on column answer_proposals.id is 'ULID.';
comment on column answer_proposals.response_id is 'The response.';
comment on column answer_proposals.question is 'Code of the question.';
comment on column answer_proposals.value is 'The proposed answer, shaped as the question asks.';
comment on column answer_proposals.source is 'Records of the registry, the return of the year before, an uploaded file, a document.';
comment on column answer_proposals.query is 'Named query that gave it.';
comment on column answer_proposals.params is 'Its parameters.';
comment on column answer_proposals.row_count is 'How many rows are behind it.';
comment on column answer_proposals.rows_digest is 'SHA-256 over those rows, to see whether they changed since.';
comment on column answer_proposals.origin is 'Where the rows are to be found: filter of the list, response of the year before, file, document.';
comment on column answer_proposals.proposed_at is 'Instant of the proposal.';
comment on column answer_proposals.proposed_by is 'Who asked for it.';
comment on column answer_proposals.outcome is 'Open, accepted, changed, refused; replaced by a newer proposal before anybody decided.';
comment on column answer_proposals.decided_at is 'Instant of the decision.';
comment on column answer_proposals.decided_by is 'Who decided.';
-- One waits for each question at a time.
create unique index answer_proposals_open on answer_proposals (response_id, question) where outcome = 'open';
create index answer_proposals_by_response on answer_proposals (response_id, question, proposed_at);

create table response_answers (
  response_id  text not null references responses (id) on delete cascade,
  question     text not null,
  value        jsonb not null,
  comment      text,
  evidence     jsonb not null default '[]',
  version      integer not null check (version > 0),
  origin       text not null check (origin in ('typed', 'accepted', 'changed', 'workbook', 'mail', 'carried_over')),
  proposal_id  text references answer_proposals (id) on delete set null,
  at           timestamptz not null,
  by           text not null,
  primary key (response_id, question)
);
comment on table response_answers is 'The answers of a response, saved one by one as a person goes.';
comment on column response_answers.response_id is 'The response.';
comment on column response_answers.question is 'Code of the question.';
comment on column response_answers.value is 'The answer, shaped as the question asks; null = cleared, or a comment alone.';
comment on column response_answers.comment is 'What the respondent adds.';
comment on column response_answers.evidence is 'Files and addresses that support it: [{name, digest?, address?}].';
comment on column response_answers.version is 'Counts changes of this answer; optimistic locking.';
comment on column response_answers.origin is 'Typed, accepted or changed from a proposal, from a workbook or a mail, carried over from other questions.';
comment on column response_answers.proposal_id is 'The proposal that was accepted or changed.';
comment on column response_answers.at is 'Instant of the last change.';
comment on column response_answers.by is 'Who changed it last.';

create table answer_history (
  id           text primary key,
  response_id  text not null references responses (id) on delete cascade,
  question     text not null,
  kind         text not null check (kind in ('replaced', 'cleared', 'lost', 'dropped')),
  value        jsonb not null,
  comment      text,
  evidence     jsonb not null default '[]',
  version      integer check (version > 0),
  origin       text not null,
  at           timestamptz not null,
  by           text not null,
  kept_at      timestamptz not null,
  kept_by      text not null
);
comment on table answer_history is 'Every answer that is not the current one any more, and every one that lost against another at the same time.';
comment on column answer_history.id is 'ULID.';
comment on column answer_history.response_id is 'The response.';
comment on column answer_history.question is 'Code of the question.';
comment on column answer_history.kind is 'Replaced by a newer one; cleared; lost in a conflict; dropped because the questions changed.';
comment on column answer_history.value is 'The answer.';
comment on column answer_history.comment is 'Its comment.';
comment on column answer_history.evidence is 'Its evidence.';
comment on column answer_history.version is 'Its version; of a lost one the version from which it started, empty = none was there.';
comment on column answer_history.origin is 'How it had come about.';
comment on column answer_history.at is 'When it was given.';
comment on column answer_history.by is 'By whom.';
comment on column answer_history.kept_at is 'Instant at which it stopped being the answer.';
comment on column answer_history.kept_by is 'Whose change that was.';
create index answer_history_by_response on answer_history (response_id, question, id);

create table response_people (
  response_id   text not null references responses (id) on delete cascade,
  user_id       text not null,
  role          text not null check (role in ('respondent', 'contributor', 'validator')),
  delegated_by  text not null,
  at            timestamptz not null,
  primary key (response_id, user_id)
);
comment on table response_people is 'Who works on a response beside those who hold the role for its organisation.';
comment on column response_people.response_id is 'The response.';
comment on column response_people.user_id is 'The account.';
comment on column response_people.role is 'Respondent: answers and submits. Contributor: answers. Validator: validates what somebody else submitted.';
comment on column response_people.delegated_by is 'Who gave it to the person.';
comment on column response_people.at is 'Instant.';

create table response_contacts (
  id           text primary key,
  response_id  text not null references responses (id) on delete cascade,
  at           timestamptz not null,
  kind         text not null check (kind in ('mail', 'letter', 'call', 'reminder', 'note')),
  by           text not null,
  outcome      text,
  note         text
);
comment on table response_contacts is 'How the respondent was reached: mails, letters, calls, reminders, notes.';
comment on column response_contacts.id is 'ULID.';
comment on column response_contacts.response_id is 'The response.';
comment on column response_contacts.at is 'When it took place.';
comment on column response_contacts.kind is 'How.';
comment on column response_contacts.by is 'Who reached out.';
comment on column response_contacts.outcome is 'What came of it, in short.';
comment on column response_contacts.note is 'Anything to remember.';
create index response_contacts_by_response on response_contacts (response_id, at);

-- Once invited, a response is for the people of its organisation, of its country where the country is asked, and for those to whom it
-- was given.
alter table responses enable row level security;
create policy responses_rows on responses for all to sursur_program
  using (
    (select app_sees_all())
    or (state <> 'listed' and (
      org_id = any ((select app_orgs())::text[])
      or (org_id is null and country_code = any ((select app_countries())::text[]))
      or (select app_actor()) = any (people)
    ))
  );

-- A survey shows to everybody once its results are published, and before that to those who were invited.
alter table surveys enable row level security;
create policy surveys_rows on surveys for all to sursur_program
  using (
    (select app_sees_all())
    or state = 'published'
    or exists (select 1 from responses as r where r.survey_id = surveys.id)
  );

-- What hangs on a survey or a response shows with it; everything is written with the eyes of the program, after the right was checked.
do $$
declare
  hanging record;
begin
  for hanging in
    select h.name, h.above
    from (values
      ('surveys', null),
      ('responses', null),
      ('survey_instruments', 'surveys as s where s.id = survey_id'),
      ('answer_proposals', 'responses as r where r.id = response_id'),
      ('response_answers', 'responses as r where r.id = response_id'),
      ('answer_history', 'responses as r where r.id = response_id'),
      ('response_people', 'responses as r where r.id = response_id'),
      ('response_contacts', null)
    ) as h (name, above)
  loop
    if hanging.above is not null then
      execute format('alter table %I enable row level security', hanging.name);
      execute format('create policy %I on %I for all to sursur_program using ((select app_sees_all()) or exists (select 1 from %s))',
        hanging.name || '_rows', hanging.name, hanging.above);
    end if;
    execute format('create policy %I on %I as restrictive for insert to sursur_program with check ((select app_sees_all()))',
      hanging.name || '_insert', hanging.name);
    execute format('create policy %I on %I as restrictive for update to sursur_program using ((select app_sees_all()))',
      hanging.name || '_update', hanging.name);
    execute format('create policy %I on %I as restrictive for delete to sursur_program using ((select app_sees_all()))',
      hanging.name || '_delete', hanging.name);
  end loop;
end $$;

-- How somebody was chased is for whoever chases.
alter table response_contacts enable row level security;
create policy response_contacts_rows on response_contacts for all to sursur_program using ((select app_sees_all()));

-- Questions are written once.
revoke update on survey_instruments from sursur_program;

-- Versions show with the record; an answer's is <response>/<question>.
create policy record_versions_surveys on record_versions as restrictive for select to sursur_program
  using (
    aggregate not in ('surveys', 'responses', 'response_answers')
    or (select app_sees_all())
    or (aggregate = 'surveys' and exists (select 1 from surveys as s where s.id = record_id))
    or (aggregate = 'responses' and exists (select 1 from responses as r where r.id = record_id))
    or (aggregate = 'response_answers' and exists (select 1 from responses as r where r.id = split_part(record_id, '/', 1)))
  );

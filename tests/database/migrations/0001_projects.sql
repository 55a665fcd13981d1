-- A small schema with every kind of column that a copy could spoil. Only for tests of the database room.
create table countries (
  code text primary key,
  name text not null
);

create table projects (
  id          bigint generated always as identity primary key,
  parent_id   bigint references projects (id),
  country     text references countries (code),
  title       text,
  words       tsvector generated always as (to_tsvector('simple', coalesce(title, ''))) stored,
  budget      numeric,
  share       double precision,
  tags        text[],
  details     jsonb,
  starts_on   date,
  changed_at  timestamptz,
  confirmed   boolean,
  fingerprint bytea,
  check (budget >= 0)
);

create table project_notes (
  number  serial primary key,
  project bigint not null references projects (id) on delete cascade,
  note    text not null
);

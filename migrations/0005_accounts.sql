-- Why: accounts: who may sign in, how, with which roles in which scope; keys for programs; messages to people.
-- Old program versions: refuse to start on a newer schema than their own. Time on 100,000 rows: nothing to convert.

create table users (
  id            text primary key,
  email         text,
  name          text not null,
  lang          text not null check (lang in ('ar', 'zh', 'en', 'fr', 'ru', 'es')),
  timezone      text not null default 'UTC',
  person_id     text,
  state         text not null check (state in ('invited', 'active', 'suspended', 'deleted')),
  version       integer not null check (version > 0),
  created_at    timestamptz not null,
  created_by    text not null,
  updated_at    timestamptz not null,
  updated_by    text not null,
  signed_in_at  timestamptz,
  check ((state = 'deleted') = (email is null))
);
comment on table users is 'People who can sign in.';
comment on column users.id is 'ULID.';
comment on column users.email is 'Address for signing in and for mail, in small letters; empty once the account is deleted.';
comment on column users.name is 'Name that others see beside what the person did.';
comment on column users.lang is 'Language of pages and mail.';
comment on column users.timezone is 'IANA time zone in which times are shown.';
comment on column users.person_id is 'The person in the directory, when there is one.';
comment on column users.state is 'Invited until the invitation is redeemed; a suspended or deleted account cannot sign in.';
comment on column users.version is 'Counts changes; optimistic locking.';
comment on column users.created_at is 'Instant of creation.';
comment on column users.created_by is 'Who created it.';
comment on column users.updated_at is 'Instant of the last change.';
comment on column users.updated_by is 'Who changed it last.';
comment on column users.signed_in_at is 'Instant of the last sign-in.';

create unique index users_by_email on users (email) where email is not null;

create table user_secrets (
  user_id            text primary key references users (id) on delete cascade,
  password_hash      text,
  password_set_at    timestamptz,
  totp_secret        text,
  totp_confirmed_at  timestamptz,
  totp_step          bigint,
  recovery_digests   text[] not null default '{}',
  failures           integer not null default 0,
  failed_at          timestamptz
);
comment on table user_secrets is 'What proves who somebody is. Never leaves the module.';
comment on column user_secrets.user_id is 'The account.';
comment on column user_secrets.password_hash is 'Password, as scrypt with its parameters; empty = none set.';
comment on column user_secrets.password_set_at is 'Instant at which it was set.';
comment on column user_secrets.totp_secret is 'Secret of the second factor, sealed with the key of the instance.';
comment on column user_secrets.totp_confirmed_at is 'Instant at which the person proved to have it; empty = not in use.';
comment on column user_secrets.totp_step is 'Newest step that was used: a code counts once.';
comment on column user_secrets.recovery_digests is 'SHA-256 of the recovery codes that are left.';
comment on column user_secrets.failures is 'Failed attempts in a row.';
comment on column user_secrets.failed_at is 'Instant of the last failed attempt.';

create table user_identities (
  issuer     text not null,
  subject    text not null,
  user_id    text not null references users (id) on delete cascade,
  linked_at  timestamptz not null,
  primary key (issuer, subject)
);
comment on table user_identities is 'Accounts of other providers by which somebody signs in (OpenID Connect).';
comment on column user_identities.issuer is 'Issuer of the identity.';
comment on column user_identities.subject is 'Identifier of the person at the issuer.';
comment on column user_identities.user_id is 'The account.';
comment on column user_identities.linked_at is 'Instant at which both were linked.';

create index user_identities_by_user on user_identities (user_id);

create table sessions (
  id             text primary key,
  user_id        text not null references users (id) on delete cascade,
  token_digest   text not null unique,
  method         text not null check (method in ('password', 'open_id', 'setup', 'invitation')),
  second_factor  boolean not null,
  agent          text,
  address        text,
  created_at     timestamptz not null,
  seen_at        timestamptz not null,
  expires_at     timestamptz not null,
  ended_at       timestamptz,
  end_reason     text,
  check ((ended_at is null) = (end_reason is null))
);
comment on table sessions is 'Where somebody is signed in.';
comment on column sessions.id is 'ULID.';
comment on column sessions.user_id is 'The account.';
comment on column sessions.token_digest is 'SHA-256 of the token in the cookie.';
comment on column sessions.method is 'How the person signed in.';
comment on column sessions.second_factor is 'Whether a second factor was given.';
comment on column sessions.agent is 'Browser, as it names itself.';
comment on column sessions.address is 'Network address at sign-in; removed when the session has ended.';
comment on column sessions.created_at is 'Instant of sign-in.';
comment on column sessions.seen_at is 'Last request, to the minute; idle sessions expire.';
comment on column sessions.expires_at is 'Instant at which it ends whatever happens.';
comment on column sessions.ended_at is 'Instant at which it was ended.';
comment on column sessions.end_reason is 'Signed out, signed out everywhere, password changed, suspended, expired.';

create index sessions_by_user on sessions (user_id, created_at);

create table one_time_links (
  id            text primary key,
  purpose       text not null check (purpose in ('setup', 'invitation', 'password_reset', 'sign_in_step', 'open_id', 'email_change')),
  user_id       text references users (id) on delete cascade,
  token_digest  text not null unique,
  details       jsonb not null default '{}',
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz
);
comment on table one_time_links is 'Links and steps that work once and for a while.';
comment on column one_time_links.id is 'ULID.';
comment on column one_time_links.purpose is 'What it is for.';
comment on column one_time_links.user_id is 'The account; empty for the first account and while a provider is asked.';
comment on column one_time_links.token_digest is 'SHA-256 of the token in the link or cookie.';
comment on column one_time_links.details is 'What the step needs: nonce, where to return.';
comment on column one_time_links.created_at is 'Instant of creation.';
comment on column one_time_links.expires_at is 'Instant from which it no longer works.';
comment on column one_time_links.used_at is 'Instant at which it was used.';

create index one_time_links_by_user on one_time_links (user_id) where user_id is not null;

create table grants (
  id            text primary key,
  user_id       text not null references users (id) on delete cascade,
  role          text not null check (role in ('national_focal_point', 'entity_focal_point', 'reviewer', 'broker', 'secretariat', 'finance_officer', 'admin')),
  scope         text not null check (scope in ('instance', 'entity', 'country', 'body', 'campaign')),
  scope_id      text,
  starts_at     timestamptz not null,
  ends_at       timestamptz,
  on_behalf_of  text references users (id) on delete cascade,
  reason        text,
  given_at      timestamptz not null,
  given_by      text not null,
  revoked_at    timestamptz,
  revoked_by    text,
  check ((scope = 'instance') = (scope_id is null)),
  check (ends_at is null or ends_at > starts_at),
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table grants is 'Roles of people, each in a scope and for a time.';
comment on column grants.id is 'ULID.';
comment on column grants.user_id is 'Who holds the role.';
comment on column grants.role is 'The role; every account is a member besides.';
comment on column grants.scope is 'Kind of scope.';
comment on column grants.scope_id is 'Organisation, ISO 3166-1 alpha-3 code, body or campaign; empty for the instance.';
comment on column grants.starts_at is 'Instant from which it holds.';
comment on column grants.ends_at is 'Instant from which it no longer holds; empty = until revoked.';
comment on column grants.on_behalf_of is 'Whose role it is when it was delegated.';
comment on column grants.reason is 'Why it was given.';
comment on column grants.given_at is 'Instant at which it was given.';
comment on column grants.given_by is 'Who gave it.';
comment on column grants.revoked_at is 'Instant at which it was revoked.';
comment on column grants.revoked_by is 'Who revoked it.';

create index grants_by_user on grants (user_id);
create index grants_by_scope on grants (scope, scope_id);

create table api_keys (
  id             text primary key,
  user_id        text not null references users (id) on delete cascade,
  name           text not null,
  secret_digest  text not null,
  permissions    text[] not null,
  hourly_quota   integer not null check (hourly_quota > 0),
  expires_at     timestamptz not null,
  created_at     timestamptz not null,
  used_at        timestamptz,
  revoked_at     timestamptz
);
comment on table api_keys is 'Keys by which programs act for somebody, never with more rights than that person has.';
comment on column api_keys.id is 'Readable part of the key.';
comment on column api_keys.user_id is 'Whose rights it narrows.';
comment on column api_keys.name is 'What it is for.';
comment on column api_keys.secret_digest is 'SHA-256 of the secret part.';
comment on column api_keys.permissions is 'Permissions that it may use.';
comment on column api_keys.hourly_quota is 'Calls that it may make in an hour.';
comment on column api_keys.expires_at is 'Instant from which it no longer works.';
comment on column api_keys.created_at is 'Instant of creation.';
comment on column api_keys.used_at is 'Last use, to the minute.';
comment on column api_keys.revoked_at is 'Instant at which it was revoked.';

create index api_keys_by_user on api_keys (user_id);

create table command_answers (
  actor_id      text not null,
  key           text not null,
  operation     text not null,
  input_digest  text not null,
  answer        jsonb,
  at            timestamptz not null,
  primary key (actor_id, key)
);
comment on table command_answers is 'Answers of commands that a program sent with an idempotency key, so that a repetition does nothing twice.';
comment on column command_answers.actor_id is 'Who sent it.';
comment on column command_answers.key is 'Idempotency key.';
comment on column command_answers.operation is 'Name of the operation.';
comment on column command_answers.input_digest is 'SHA-256 of the input: the same key with another input is refused.';
comment on column command_answers.answer is 'What the command gave.';
comment on column command_answers.at is 'Instant of the command.';

create table messages (
  id          text primary key,
  user_id     text references users (id) on delete cascade,
  to_address  text not null,
  lang        text not null,
  purpose     text not null,
  subject     text not null,
  body        text not null,
  state       text not null check (state in ('waiting', 'sent', 'failed', 'kept')),
  tries       integer not null default 0,
  failure     text,
  created_at  timestamptz not null,
  sent_at     timestamptz
);
comment on table messages is 'Messages to people: sent by mail, or kept for the administrator where no mail is set up.';
comment on column messages.id is 'ULID.';
comment on column messages.user_id is 'To whom.';
comment on column messages.to_address is 'Mail address.';
comment on column messages.lang is 'Language of the message.';
comment on column messages.purpose is 'Invitation, password reset, digest, ...';
comment on column messages.subject is 'Subject.';
comment on column messages.body is 'Text.';
comment on column messages.state is 'Waiting to be sent; kept where no mail is set up.';
comment on column messages.tries is 'Attempts to send it.';
comment on column messages.failure is 'Why the last attempt failed.';
comment on column messages.created_at is 'Instant of writing.';
comment on column messages.sent_at is 'Instant at which it was sent.';

create index messages_waiting on messages (created_at) where state = 'waiting';

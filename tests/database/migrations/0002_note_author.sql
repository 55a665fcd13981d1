-- A later version: an older backup lacks this column.
alter table project_notes add column author text not null default 'unknown';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'notes are only added to';
end
$$;

create trigger notes_are_kept before update or delete on project_notes for each row execute function refuse_change();

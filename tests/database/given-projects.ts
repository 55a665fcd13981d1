/** Rows that a careless copy would spoil: many digits, quotes, nulls inside arrays, references forwards, six scripts. */
import { type Database, sql } from '../../src/database/db.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

export const TEST_MIGRATIONS = `${PACKAGE_ROOT}tests/database/migrations`

export async function givenProjects(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run(sql`insert into countries (code, name) values ('KE', 'Kenya'), ('BR', 'Brazil, "BR"'), ('CI', 'Côte d’Ivoire')`)
    await tx.run(sql`
      insert into projects (parent_id, country, title, budget, share, tags, details, starts_on, changed_at, confirmed, fingerprint)
      values
        (null, 'KE', 'Water and آب and 水', 12345678901234567890.123456789012345678901234567890, 0.1,
         array['a,b', null, 'null', '"quoted"', 'back\\slash', ''], '{"b": 1, "a": [null, "ü", 1.50]}', '2014-02-28',
         '2014-02-28 23:59:59.123456+03', true, '\\x00ff10'),
        (1, 'BR', '', 0, 'NaN', '{}', 'null', null, 'infinity', false, ''),
        (null, null, null, 1.50, null, null, null, '0044-03-15 BC', null, null, null)
    `)
    await tx.run(sql`update projects set parent_id = 3 where id = 1`)
    await tx.run(sql`insert into project_notes (project, note) select 1 + n % 3, 'note ' || n from generate_series(1, 2500) as n`)
  })
}

/** How long `sursur audit verify` takes over 10,000 events, and finding one that was removed from the middle. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'

const EVENTS = 10_000
const LIMIT_MS = 2_000

export async function measureAudit(results, folder) {
  const { openDatabase } = await import('../dist/database/open-database.js')
  const { migrate } = await import('../dist/database/migrate.js')
  const { sql } = await import('../dist/database/db.js')
  const { verifyAuditChain } = await import('../dist/modules/access/index.js')
  const place = join(folder, 'audit')
  const database = await openDatabase({ dataFolder: place })
  try {
    await migrate(database)
    await appendEvents(database, sql)
    const figure = { group: 'audit', unit: 'ms', limit: LIMIT_MS, note: 'embedded' }
    results.add({ ...figure, name: `verify ${EVENTS} events`, value: await timeOf(() => verifyAuditChain(database)) })
    await database.run(sql`alter table audit_events disable trigger user`)
    await database.run(sql`delete from audit_events where seq = ${EVENTS - 1}`)
    let found
    const value = await timeOf(async () => {
      found = (await verifyAuditChain(database)).broken
    })
    if (found?.seq !== EVENTS - 1) throw new Error(`The removed event was not found: ${JSON.stringify(found)}`)
    results.add({ ...figure, name: 'find the last but one removed', value })
  } finally {
    await database.close()
    rmSync(place, { recursive: true, force: true })
  }
}

async function appendEvents(database, sql) {
  await database.run(sql`
    insert into audit_events (id, at, operation, actor_id, actor_kind, outcome, module, aggregate, record_id, action, version, before, after)
    select 'E' || lpad(n::text, 25, '0'), now(), 'registry.revise-initiative', 'u' || n % 40, 'user', 'done', 'registry', 'initiatives',
           'i' || n % 900, 'changed', n, jsonb_build_object('title', repeat('was ' || n, 20)), jsonb_build_object('title', repeat('is ' || n, 20))
    from generate_series(1, ${EVENTS}::integer) as n
  `)
}

async function timeOf(work) {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

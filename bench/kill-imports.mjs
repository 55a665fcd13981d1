/**
 * `npm run bench -- --kill`: an import is ended with `kill -9` at a random moment, ten times, and repeated until it is whole.
 * After each restart its rows are all there or none; a run that was acknowledged is whole; nothing prepared is left behind.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { randomFrom } from './make-portfolio.mjs'
import { runCommand } from './program.mjs'

const KILLS = 10
const SEED = 5

export async function killImports(results, place, { rows, file }) {
  // How long one takes here and now, so that the moments fall into all of its phases.
  const { seconds } = await runCommand(['import', file, '--portfolio', 'whole', '--json'], place)
  const random = randomFrom(SEED)
  let portfolio = 0
  let violations = 0
  let whole = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const afterMs = Math.round(random() * seconds * 1050)
    const { printed } = await killAfter(afterMs, place, ['import', file, '--portfolio', `kill-${portfolio}`, '--json'])
    const acknowledged = printed.includes('\n')
    const found = await stateAfterRestart(place, `kill-${portfolio}`)
    const broken = violationsOf(found, rows, acknowledged)
    violations += broken.length
    results.say(
      `  kill ${kill} after ${(afterMs / 1000).toFixed(1)} s: ${found.listings} rows, ${acknowledged ? '' : 'not '}acknowledged; ${broken.join(', ') || 'as it must be'}`,
    )
    if (found.listings === rows) {
      whole += 1
      portfolio += 1
    }
  }
  const last = JSON.parse((await runCommand(['import', file, '--portfolio', `kill-${portfolio}`, '--json'], place)).printed)
  if (last.created !== rows) violations += 1
  const name = `broken promises in ${KILLS} kills of an import`
  results.add({
    group: 'kill',
    name,
    value: violations,
    unit: '',
    limit: 0,
    note: `${whole} had ended before, repeated: created ${last.created}`,
  })
}

async function killAfter(ms, place, words) {
  let ended = false
  const done = runCommand(words, place, (child) => {
    void wait(ms).then(() => {
      if (!ended) child.kill('SIGKILL')
    })
  })
  const result = await done
  ended = true
  return result
}

/** Opens the folder as a restart does, then counts. */
async function stateAfterRestart(place, portfolio) {
  const [{ openApp }, { readSettings }, { sql }] = await Promise.all([
    import('../dist/app/open-app.js'),
    import('../dist/app/settings.js'),
    import('../dist/database/db.js'),
  ])
  const app = await openApp(readSettings({ dataFolder: place.folder }, {}))
  try {
    return await app.database.one(sql`
      with wanted as (select id from collections where key = ${portfolio})
      select (select count(*) from listings where collection_id in (select id from wanted))::int as listings,
             (select count(*) from initiatives where collection_id in (select id from wanted))::int as initiatives,
             (select count(*) from initiative_partners as p join initiatives as i on i.id = p.initiative_id
               where i.collection_id in (select id from wanted))::int as partners,
             (select count(*) from record_versions as v join import_runs as r on r.id = v.run_id
               where r.collection_id in (select id from wanted))::int as versions,
             (select count(*) from import_rows)::int as staged,
             (select count(*) from import_runs where state = 'staging')::int as "openRuns",
             (select count(*) from import_runs where collection_id in (select id from wanted) and state = 'applied')::int as applied
    `)
  } finally {
    await app.close()
  }
}

function violationsOf({ listings, initiatives, partners, versions, staged, openRuns, applied }, rows, acknowledged) {
  const expected = applied > 0 ? rows : 0
  return [
    ...(acknowledged && applied === 0 ? ['an acknowledged run is not there'] : []),
    ...(listings === expected && initiatives === expected && versions === expected && partners > 0 === expected > 0
      ? []
      : [`half visible: ${listings} listings, ${initiatives} initiatives, ${versions} versions`]),
    ...(staged === 0 ? [] : [`${staged} prepared rows left`]),
    ...(openRuns === 0 ? [] : [`${openRuns} runs left open`]),
  ]
}

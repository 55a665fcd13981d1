/**
 * `npm run bench -- --kill --only published`: the program is ended with `kill -9` three times while it imports one large published
 * file beside a server, and the same command is given again each time. In the end every activity is there once, with the true totals;
 * before that nobody sees any.
 */
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { randomFrom } from './make-portfolio.mjs'
import { expectTotals, generatePublished } from './measure-published.mjs'
import { runCommand } from './program.mjs'
import { makeServerDatabase } from './server-database.mjs'

const KILLS = 3
const SEED = 7
const PORTFOLIO = 'killed'

export async function killPublishedImport(results, folder, { rows }) {
  const shared = process.env.SURSUR_SHARED ?? '../shared'
  if (!existsSync(join(shared, 'bench', 'gen_iati.py'))) {
    results.say('Not tried: the generator of published files is not there; name its folder with SURSUR_SHARED.')
    return
  }
  const { file, bytes, truth } = generatePublished(shared, folder, rows)
  const server = await makeServerDatabase()
  if (server.missing) {
    results.say(`Not tried: ${server.missing}`)
    return
  }
  try {
    const place = { folder: join(folder, 'killed'), url: server.url }
    const random = randomFrom(SEED)
    const words = ['import', file, '--portfolio', PORTFOLIO, '--json']
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const share = (kill - random()) / (KILLS + 1)
      await runCommand(words, place, (child) => void killAt(child, server.url, bytes * share))
      const { bytesRead, state } = await stateOf(server.url)
      const visible = await countVisible(place)
      results.say(
        `  kill ${kill} near byte ${Math.round(bytes * share)}: run ${state} at byte ${bytesRead}, ${visible} activities visible`,
      )
      if (visible !== 0) throw new Error('Some of the file is visible before all of it')
    }
    const { printed, code } = await runCommand(words, place)
    const report = JSON.parse(printed)
    if (code !== 0 || report.created !== rows) throw new Error(`After the kills: ${code}, created ${report.created}`)
    await expectTotals(server.url, PORTFOLIO, truth)
    const visible = await countVisible(place)
    results.add({
      group: 'kill',
      name: `activities missing or doubled after ${KILLS} kills of one import of ${Math.round(bytes / 1e6)} MB`,
      value: Math.abs(visible - rows),
      unit: '',
      limit: 0,
      note: `${report.resumed ? 'taken up where it was' : 'repeated'}; all totals as the generator wrote them`,
    })
  } finally {
    await server.drop()
  }
}

async function killAt(child, url, byte) {
  while (child.exitCode === null && child.signalCode === null) {
    await wait(500)
    const { bytesRead } = await stateOf(url).catch(() => ({ bytesRead: 0 }))
    if (bytesRead >= byte) child.kill('SIGKILL')
  }
}

/** Before the program has made its tables there is nothing. */
async function stateOf(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      'select state, bytes_read::float8 as "bytesRead" from import_runs order by id desc limit 1',
    )
    return rows[0] ?? { state: 'none', bytesRead: 0 }
  } finally {
    await client.end()
  }
}

/** As a reader would count: the rows of a download. */
async function countVisible(place) {
  const file = join(place.folder, 'visible.jsonl')
  const { code, said } = await runCommand(['export', '--format', 'jsonl', '--portfolio', PORTFOLIO, '--out', file], place)
  if (code !== 0) throw new Error(`The export ended with ${code}: ${said}`)
  let count = 0
  for await (const line of createInterface({ input: createReadStream(file) })) if (line !== '') count += 1
  return count
}

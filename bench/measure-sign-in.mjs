/**
 * Fifty attempts to sign in each second, all from one address, while somebody else reads a public page: how many are held off, and
 * how much slower the page gets. The program believes X-Forwarded-For from this machine, so that each client has an address of its own.
 */
import { rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { startProgram } from './program.mjs'
import { spread } from './results.mjs'

/** With rows: the sample data of 2014. */
const PAGE = '/en/initiatives?collection=undp-2014'
const ATTEMPTS_A_SECOND = 50
/** Half a minute in all, with as long a rest between: a machine that is busy with other things is as busy for the one as for the other. */
const WAVES = 3
const WAVE_SECONDS = 10

/** Others are not slowed down when the 95th of 100 answers takes at most twice as long. */
const LIMIT = 2

const GUESSER = '203.0.113.9'
const OWNER = { name: 'Ana Silva', email: 'ana@example.org', lang: 'en', password: 'three blue boats at noon' }

export async function measureSignIn(results, folder) {
  const place = { folder: join(folder, 'sign-in') }
  const program = await startProgram(place, { SURSUR_TRUSTED_PROXY: '127.0.0.1,::1' })
  try {
    await makeAccount(program.address)
    await readPages(program.address, WAVE_SECONDS)
    const [calm, flooded, statuses] = [[], [], []]
    for (let wave = 0; wave < WAVES; wave += 1) {
      calm.push(...(await readPages(program.address, WAVE_SECONDS)))
      const attempts = sendAttempts(program.address)
      flooded.push(...(await readPages(program.address, WAVE_SECONDS)))
      statuses.push(...(await attempts))
    }
    addFigures(results, { calm: spread(calm), flooded: spread(flooded), statuses })
  } finally {
    await program.stop()
    rmSync(place.folder, { recursive: true, force: true })
  }
}

function addFigures(results, { calm, flooded, statuses }) {
  const count = (wanted) => statuses.filter((status) => wanted.includes(status)).length
  const note = `median ${flooded.p50.toFixed(0)} ms; ${statuses.length} attempts: ${count([429])} held off, ${count([503])} told to come again, ${count([403, 422])} looked at`
  const figure = { group: 'sign-in', unit: 'ms' }
  results.add({
    ...figure,
    name: 'list page, 95th of 100, nobody guesses',
    value: calm.p95,
    note: `median ${calm.p50.toFixed(0)} ms`,
  })
  results.add({ ...figure, name: `list page, 95th of 100, ${ATTEMPTS_A_SECOND} guesses a second`, value: flooded.p95, note })
  results.add({ ...figure, name: 'the one divided by the other', unit: '×', value: flooded.p95 / calm.p95, limit: LIMIT })
  const others = statuses.length - count([403, 422, 429, 503])
  results.add({ ...figure, name: 'attempts answered in any other way', unit: '', value: others, limit: 0 })
  results.add({
    ...figure,
    name: 'attempts held off',
    unit: '%',
    value: (100 * count([429, 503])) / statuses.length,
    limit: 95,
    atLeast: true,
  })
}

async function makeAccount(address) {
  const { status } = await send(`${address}/en/setup`, { form: OWNER })
  if (status !== 303) throw new Error(`The first account was not made: ${status}`)
}

/** One reader after the other, each from an address of its own: none comes near the limit of an address. */
async function readPages(address, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times = []
  const endsAt = performance.now() + seconds * 1000
  for (let turn = 0; performance.now() < endsAt; turn += 1) {
    const { status, ms } = await send(`${address}${PAGE}`, {
      from: `198.51.${Math.floor(turn / 250) % 250}.${(turn % 250) + 1}`,
      agent,
    })
    if (status !== 200) throw new Error(`${PAGE} answered ${status}`)
    times.push(ms)
  }
  agent.destroy()
  return times
}

/** At a steady pace, whether answers come or not, as a program that guesses does. Gives the status of each. */
async function sendAttempts(address) {
  const agent = new Agent({ keepAlive: true })
  const startedAt = performance.now()
  const asked = []
  for (let turn = 0; turn < ATTEMPTS_A_SECOND * WAVE_SECONDS; turn += 1) {
    const due = startedAt + (turn * 1000) / ATTEMPTS_A_SECOND
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const form = { email: OWNER.email, password: `guess number ${turn}` }
    asked.push(send(`${address}/en/sign-in`, { form, from: GUESSER, agent }).then(({ status }) => status))
  }
  const statuses = await Promise.all(asked)
  agent.destroy()
  return statuses
}

function send(url, { form, from, agent }) {
  const startedAt = performance.now()
  const body = form === undefined ? '' : new URLSearchParams(form).toString()
  const headers = {
    ...(from === undefined ? {} : { 'x-forwarded-for': from }),
    ...(form === undefined
      ? { 'accept-encoding': 'gzip' }
      : {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          origin: new URL(url).origin,
        }),
  }
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: form === undefined ? 'GET' : 'POST', headers, agent }, (response) => {
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode, ms: performance.now() - startedAt }))
      response.resume()
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import type { InitiativeFacts } from '../initiatives/initiative.ts'
import { findLinks } from './find-links.ts'
import { DEFAULT_THRESHOLD } from './link-points.ts'
import { linkRecordOf } from './link-record.ts'

const DATA = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data')
const isThere = existsSync(join(DATA, 'screening', 'positives.visible.csv'))
if (!isThere) console.info(`No published lists in ${DATA}: linking is not tried on them.`)

interface Entry {
  readonly id: string
  readonly title: string | null
  readonly host_countries: readonly string[]
  readonly list_year: number
}

interface Project {
  readonly id: string
  readonly title: string | null
  readonly iso3: string | null
  readonly start: string | null
  readonly end: string | null
}

function lines<T>(text: string): T[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

/** By list entry of 2013, the award ids that it is known to stand for. */
function knownAwards(): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>()
  const rows = readFileSync(join(DATA, 'screening', 'positives.visible.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
  for (const row of rows) {
    const [award = '', , , , , , initiatives = ''] = row.split(',')
    for (const entry of initiatives.split('|').filter((id) => id.startsWith('SSC13-'))) {
      known.set(entry, (known.get(entry) ?? new Set()).add(award))
    }
  }
  return known
}

const noOrg = () => undefined
const titled = (title: string | null): InitiativeFacts =>
  title === null ? {} : { title: { orig: 'und', texts: { und: title } } }

describe.skipIf(!isThere)('real linking: the list of 2013 against the portfolio, without identifiers', () => {
  test('of the pairs proposed at the default threshold 95 of 100 or more are right', async () => {
    const entries = lines<Entry>(readFileSync(join(DATA, 'ssc', 'initiatives_2013.visible.jsonl'), 'utf8'))
    const projects = lines<Project>(gunzipSync(readFileSync(join(DATA, 'screening', 'portfolio.visible.jsonl.gz'))).toString())
    // The linker gets what both say, without any number of a project: rows are called by their order.
    const listed = entries.map((entry, at) =>
      linkRecordOf(
        {
          id: `entry ${at}`,
          collectionId: 'list',
          identifier: null,
          facts: { ...titled(entry.title), hosts: [...entry.host_countries] },
          listed: [{ id: '', year: entry.list_year, sourceRow: null, runId: null, revision: null, groupKey: null }],
        },
        noOrg,
      ),
    )
    const portfolio = projects.map((project, at) =>
      linkRecordOf(
        {
          id: `project ${at}`,
          collectionId: 'portfolio',
          identifier: null,
          facts: {
            ...titled(project.title),
            ...(project.iso3 ? { hosts: [project.iso3] } : {}),
            // A period that ends before it begins is refused when it is read.
            ...(project.start && project.end && project.start <= project.end
              ? { plannedPeriod: { start: project.start, end: project.end } }
              : {}),
          },
          listed: [],
        },
        noOrg,
      ),
    )
    const known = knownAwards()
    const links = await findLinks([...listed, ...portfolio], DEFAULT_THRESHOLD)
    const pairs = links.flatMap(({ one, other }) => {
      if (!one.startsWith('entry') || !other.startsWith('project')) return []
      const entry = entries[Number(one.split(' ')[1])]?.id ?? ''
      const award = projects[Number(other.split(' ')[1])]?.id ?? ''
      return known.has(entry) ? [{ entry, award, isRight: known.get(entry)?.has(award) ?? false }] : []
    })
    const right = pairs.filter(({ isRight }) => isRight).length
    const all = [...known.values()].reduce((sum, awards) => sum + awards.size, 0)
    const precision = right / pairs.length
    console.info(
      `real linking at ${DEFAULT_THRESHOLD}: ${pairs.length} pairs, ${right} right (precision ${precision.toFixed(3)}), of ${all} known (recall ${(right / all).toFixed(3)})`,
    )
    expect(pairs.length).toBeGreaterThan(30)
    expect(precision).toBeGreaterThanOrEqual(0.95)
  })
})

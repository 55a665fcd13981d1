/** The published lists of 2013 and 2014: every column in its place, every row accounted for. Skipped where the data are absent. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'
import { openTableFile } from './open-table-file.ts'
import { readListedRows } from './read-listed-rows.ts'
import { recogniseFile } from './recognise-file.ts'

const folder = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'ssc')
const present = existsSync(folder)
if (!present) console.log('published lists are absent: tests of published files are skipped')

const FIELD_OF: Readonly<Record<string, string>> = {
  id: 'identifier',
  source_id: 'sourceId',
  group_key: 'groupKey',
  undp_award_id: 'awardId',
  list_year: 'listYear',
  revision: 'revision',
  title: 'title',
  objective: 'objective',
  ssc_description: 'exchangeDescription',
  scale: 'scale',
  host_countries: 'hosts',
  regions: 'regions',
  territorial_focus: 'territorialFocus',
  theme: 'theme',
  partner_countries: 'partnerCountries',
  partner_types: 'partnerTypes',
  undp_roles: 'agencyRoles',
  links: 'links',
}

/** Rows, and distinct host countries where the list is complete (133 in 2014, ruling 3). */
const FILES: readonly { name: string; rowCount: number; countryCount?: number }[] = [
  { name: 'initiatives_2014_structure.csv', rowCount: 469, countryCount: 133 },
  { name: 'initiatives_2013_structure.csv', rowCount: 287 },
  { name: 'initiatives_2014.visible.csv', rowCount: 299 },
  { name: 'initiatives_2013.visible.csv', rowCount: 175 },
  { name: 'initiatives_2014.visible.jsonl', rowCount: 299 },
  { name: 'initiatives_2013.visible.jsonl', rowCount: 175 },
]

test.skipIf(!present).each(FILES)('$name: $rowCount rows, all columns right', async ({ name, rowCount, countryCount }) => {
  const file = await openTableFile(join(folder, name))
  const { sheets } = await recogniseFile(file)
  const mapping = sheets[0]?.mapping
  if (!mapping) throw new Error('no sheet')
  const headers = mapping.columns.map((column) => column.header)
  for (const { header, field } of mapping.columns) {
    // The 2013 list names the group twice; the key is the one that both of its files share.
    const expected = header === 'group_id' && !headers.includes('group_key') ? 'groupKey' : (FIELD_OF[header] ?? 'kept')
    expect({ header, field }).toEqual({ header, field: expected })
  }
  const rows = readListedRows(file, mapping)
  const countries = new Set<string>()
  let problems = 0
  for await (const { values, problems: found } of rows) {
    for (const { iso3 } of values.hosts) if (iso3) countries.add(iso3)
    problems += found.length
  }
  expect(rows.summary).toMatchObject({ accepted: rowCount, rejected: 0, blankRows: 0, totalsRows: [], noteRows: [] })
  expect(problems).toBe(0)
  if (countryCount) expect(countries.size).toBe(countryCount)
})

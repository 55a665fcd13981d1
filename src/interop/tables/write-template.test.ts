/** Templates in six languages: what goes out comes back in. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { OFFICIAL_LANGUAGES } from '../../kernel/languages.ts'
import { emptyListedRow, type ListedRow } from './listed-row.ts'
import { openTableFile } from './open-table-file.ts'
import { readListedRows } from './read-listed-rows.ts'
import { recogniseFile } from './recognise-file.ts'
import { TEMPLATE_FIELDS, writeTemplate } from './write-template.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-template-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const row: ListedRow = {
  ...emptyListedRow(),
  identifier: '00057359',
  groupKey: 'G-1',
  sourceId: 'S/1',
  awardId: '00012345',
  title: 'Milk banks',
  summary: '=not a formula',
  objective: 'Line one\nline two',
  exchangeDescription: 'Nurses visit nurses.',
  revision: '2015-04 export',
  reportingOrg: 'Office for Cooperation',
  agencyOrg: 'UNDP',
  kind: { text: 'project', code: 'project' },
  phase: { text: 'closed', code: 'closed' },
  scale: { text: 'country_country', code: 'country_country' },
  startDate: '2014-03-05',
  endDate: '2015',
  budgetAmount: '45300.5',
  budgetCurrency: 'USD',
  beneficiaries: 120,
  listYear: 2014,
  hosts: [{ text: 'TZA', iso3: 'TZA' }],
  partnerCountries: [
    { text: 'BOL', iso3: 'BOL', share: 0.6 },
    { text: 'BIH', iso3: 'BIH', share: 0.4 },
  ],
  firstProviders: [{ text: 'BRA', iso3: 'BRA' }],
  recipients: [{ text: 'COD', iso3: 'COD' }],
  implementers: [{ text: 'Ministry of Health and Sanitation' }],
  partnerTypes: [
    { text: 'cso', code: 'cso' },
    { text: 'national_government', code: 'national_government' },
  ],
  agencyRoles: [{ text: 'knowledge_broker', code: 'knowledge_broker' }],
  regions: [{ text: 'lac', code: 'lac' }],
  sectors: [{ text: '12220', code: '12220' }],
  sdgGoals: [
    { text: '3', code: '3' },
    { text: '17.9', code: '17.9' },
  ],
  demandAreas: [{ text: 'health', code: 'health' }],
  modalities: [{ text: 'training', code: 'training' }],
  theme: [{ text: 'resilience_building', code: 'resilience_building' }],
  territorialFocus: [{ text: 'LDC', code: 'LDC' }],
  links: ['https://example.org/a', 'https://example.org/b'],
  contact: ['desk@example.org'],
  notes: ['Checked'],
  kept: { 'Gender score': '2' },
}

/** Codes are what must survive; the wording follows the language. */
function withoutWording(value: ListedRow): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part) => (part?.code || part?.iso3 ? { ...part, text: undefined } : part)))
}

describe.each(OFFICIAL_LANGUAGES)('template in %s', (lang) => {
  test('blank: every column is recognised and only the data sheet is proposed', async () => {
    const path = join(folder, `blank-${lang}.xlsx`)
    await writeTemplate(lang, undefined, createWriteStream(path))
    const file = await openTableFile(path)
    const { sheets, proposed } = await recogniseFile(file)
    expect(proposed).toEqual([file.sheets[0]?.name])
    expect(sheets[0]?.mapping.columns.map((column) => column.field)).toEqual(TEMPLATE_FIELDS)
    expect(sheets[0]?.language).toBe(lang)
  })

  test('filled: every value comes back, with codes for names', async () => {
    const path = join(folder, `filled-${lang}.xlsx`)
    await writeTemplate(lang, [row], createWriteStream(path))
    const file = await openTableFile(path)
    const { sheets } = await recogniseFile(file)
    const mapping = sheets[0]?.mapping
    if (!mapping) throw new Error('no sheet')
    for await (const result of readListedRows(file, mapping)) {
      expect(withoutWording(result.values)).toEqual(withoutWording(row))
      expect(result.problems).toEqual([])
    }
  })
})

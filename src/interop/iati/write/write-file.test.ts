/** Files of organisations, and how files begin and end. */
import { describe, expect, test } from 'vitest'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { parseElement } from '../parse-element.ts'
import { CHECK_IS_MISSING, schemaErrors } from './testing/check-schema.ts'
import { wholeText } from './testing/whole-text.ts'
import { activityFile, organisationFile } from './write-file.ts'
import type { OrganisationItem } from './write-organisation.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const FAO: OrganisationItem['organisation'] = {
  id: 'o',
  iatiId: 'XM-DAC-41301',
  name: { orig: 'en', texts: { en: 'FAO', fr: 'OAA' } },
  orgType: '40',
  updatedAt: '2026-01-01T00:00:00.000Z',
  documents: [{ url: 'https://example.org/report.pdf', category: 'B01', language: 'en', date: '2015' }],
}

async function fileOf(items: readonly OrganisationItem[], extensions = true) {
  const problems: ProblemReport[] = []
  const text = await wholeText(organisationFile(items, { extensions, now: NOW, say: (one) => problems.push(one) }))
  return { text, problems }
}

describe('organisations', () => {
  test('one without a published identifier is left out, and the report says so', async () => {
    const { text, problems } = await fileOf([{ organisation: { ...FAO, iatiId: undefined } }])
    expect(text).not.toContain('<iati-organisation>')
    expect(problems.map(({ params, place }) => [params.missing, place])).toEqual([
      ['organisation-identifier, reporting-org/@ref', { activity: 'o' }],
    ])
  })

  test.skipIf(CHECK_IS_MISSING !== undefined)('one of the directory is valid, with its names and documents', async () => {
    const { text, problems } = await fileOf([{ organisation: FAO }])
    expect(problems).toEqual([])
    expect(text).toContain('<narrative xml:lang="fr">OAA</narrative>')
    expect(text).toContain('format="application/pdf"')
    expect(schemaErrors(text, 'organisations')).toBe('')
  })

  test.skipIf(CHECK_IS_MISSING !== undefined)(
    'a published one keeps its budgets, and what is not valid is set aside',
    async () => {
      const organisation = parseElement(
        '<iati-organisation><organisation-identifier>XM-DAC-41301</organisation-identifier><name><narrative>FAO</narrative></name>' +
          '<reporting-org ref="XM-DAC-41301" type="40"><narrative>FAO</narrative></reporting-org>' +
          '<total-budget status="2"><period-start iso-date="2014-01-01"/><period-end iso-date="2014-12-31"/><value value-date="2014-01-01">5</value></total-budget>' +
          '<total-budget><period-start iso-date="soon"/></total-budget></iati-organisation>',
        1,
      )
      const { text } = await fileOf([{ organisation: FAO, original: { organisation, namespaces: {} } }])
      expect(schemaErrors(text, 'organisations')).toBe('')
      expect(text).toContain('<total-budget status="2">')
      expect(text).toContain('<sur:kept path="total-budget[2]">&lt;total-budget&gt;')
    },
  )
})

test('the file says its version and its moment, and binds our prefix only where ours is written', async () => {
  const options = { orgOf: () => undefined, now: NOW }
  expect(await wholeText(activityFile([], { ...options, extensions: false }))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" generated-datetime="2026-11-25T08:00:00.000Z">\n</iati-activities>\n',
  )
  expect(await wholeText(activityFile([], { ...options, extensions: true }))).toContain('xmlns:sur="urn:sursur:iati:1"')
})

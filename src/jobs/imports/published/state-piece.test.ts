import { describe, expect, test } from 'vitest'
import { activityFile, type FileContext, parseElement } from '../../../interop/iati/index.ts'
import { createPublishedOrgFinder } from './org-finder.ts'
import { statePiece } from './state-piece.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const findOrg = createPublishedOrgFinder([])

const activity = (attributes: string) => `<iati-activity ${attributes}>
  <iati-identifier>XX-1-A</iati-identifier>
  <reporting-org ref="XX-1" type="40"><narrative>Un</narrative></reporting-org>
  <title><narrative>Puits</narrative></title>
  <description><narrative>Des puits</narrative></description>
  <participating-org role="4"><narrative>Un</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2014-01-01"/>
</iati-activity>`

describe('a language that the root of the file states', () => {
  const context = (language: string): FileContext => ({
    root: 'iati-activities',
    version: '2.03',
    namespaces: {},
    attributes: { 'xml:lang': language },
  })

  test.each([
    ['nothing else is stated', '', 'fr', 'fr'],
    ['the activity states another', 'xml:lang="es"', 'fr', 'es'],
    ['it is blank', '', ' ', undefined],
  ])('when %s', async (_name, attributes, ofFile, expected) => {
    const { activity: read, facts } = statePiece(parseElement(activity(attributes), 1), context(ofFile), findOrg)
    expect(facts.title?.orig).toBe(expected ?? 'und')
    const record = { id: 'r', identifier: 'XX-1-A', facts, updatedAt: NOW }
    const changed = { ...record, facts: { ...facts, scale: 'global' } }
    const original = { activity: read, facts, namespaces: {} }
    const items = [record, changed].map((one) => ({ record: one, original }))
    const [, ...texts] = await Array.fromAsync(activityFile(items, { extensions: true, orgOf: () => undefined, now: NOW }))
    const written = texts.slice(0, -1).map((text) => parseElement(text, 1).attributes['xml:lang'])
    expect(written).toEqual([expected, expected])
  })
})

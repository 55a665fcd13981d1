import { expect, test } from 'vitest'
import type { FileContext } from '../element.ts'
import { type CutPiece, pieceDigest } from './piece.ts'

const context: FileContext = { root: 'iati-activities', version: '2.03', namespaces: { x: 'urn:x' }, attributes: { a: '1' } }

function digestOf(text: string, of: Partial<FileContext> = {}): string {
  const piece: CutPiece = { kind: 'activity', bytes: Buffer.from(text), line: 1, context: { ...context, ...of } }
  return pieceDigest(piece)
}

test.each([
  ['another byte', digestOf('<iati-activity />')],
  ['another version', digestOf('<iati-activity/>', { version: '2.02' })],
  ['no version', digestOf('<iati-activity/>', { version: undefined })],
  ['another root', digestOf('<iati-activity/>', { root: 'iati-organisations' })],
  ['another language of all texts', digestOf('<iati-activity/>', { attributes: { a: '1', 'xml:lang': 'fr' } })],
  ['another namespace for a prefix', digestOf('<iati-activity/>', { namespaces: { x: 'urn:y' } })],
])('%s gives another digest', (_, digest) => {
  expect(digest).not.toBe(digestOf('<iati-activity/>'))
})

test('other attributes of the root and the order of its namespaces do not count', () => {
  const two = { namespaces: { x: 'urn:x', y: 'urn:y' } }
  expect(digestOf('<iati-activity/>', { attributes: { 'generated-datetime': '2024-01-01' } })).toBe(digestOf('<iati-activity/>'))
  expect(digestOf('<iati-activity/>', { namespaces: { y: 'urn:y', x: 'urn:x' } })).toBe(digestOf('<iati-activity/>', two))
  expect(digestOf('<iati-activity/>')).toMatch(/^[\w-]{43}$/)
})

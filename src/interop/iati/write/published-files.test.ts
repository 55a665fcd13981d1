/**
 * Every published file that the project has comes in and goes out: valid by the published schema, and read again it says the same.
 * Needs the shared data and `xmllint` (package libxml2-utils); without them these tests are skipped, and say so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import { contentDigestOf } from '../canonical.ts'
import { elementsOf, type FileContext, type XmlElement } from '../element.ts'
import { readExtensions, restoreKept } from '../extensions.ts'
import { factsOfActivity } from '../facts/facts-of-activity.ts'
import { parseElement } from '../parse-element.ts'
import { upgradeActivity } from '../upgrade/upgrade-activity.ts'
import { CHECK_IS_MISSING, schemaErrors } from './testing/check-schema.ts'
import { activityXml } from './write-activity.ts'
import { activityFile, type FileItem } from './write-file.ts'

const FOLDER = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati')
const FILES = !existsSync(FOLDER)
  ? []
  : ['publishers', 'derived'].flatMap((part) => readdirSync(join(FOLDER, part)).map((name) => join(FOLDER, part, name)))
const NOW = '2026-11-25T00:00:00.000Z'

describe.skipIf(FILES.length === 0)('published files, read and written ', () => {
  test.each(FILES.map((file) => [file.split('/').at(-1) ?? file, file]))(
    '%s',
    async (_name, file) => {
      const { context, pieces } = cut(file)
      const originals = pieces.map((piece) => readPiece(piece, context))
      const items: FileItem[] = originals.map(({ activity, facts }, index) => ({
        record: { id: `r${index}`, identifier: identifierOf(facts), facts, updatedAt: '2026-01-01T00:00:00.000Z' },
        original: { activity, facts, namespaces: context.namespaces },
      }))
      const problems: unknown[] = []
      const options = {
        extensions: true,
        orgOf: () => undefined,
        mayShowContact: true,
        now: NOW,
        say: (p: unknown) => problems.push(p),
      }
      const chunks: string[] = []
      for await (const chunk of activityFile(items, options)) chunks.push(chunk)
      const written = chunks.join('')
      const writable = originals.filter(({ activity, facts }) => identifierOf(facts) !== null && hasDay(activity))
      expect(problems.length).toBe(originals.length - writable.length)
      // The schema wants at least one activity, so a file of none cannot be valid.
      if (writable.length > 0) expect(schemaErrors(written)).toBe('')

      const again = cutText(written)
      expect(again.pieces.length).toBe(writable.length)
      const differing = again.pieces.flatMap((piece, index) => {
        const original = writable[index]
        const back = readPiece(piece, again.context)
        const isSame =
          original !== undefined &&
          canonicalJson(back.facts) === canonicalJson(original.facts) &&
          contentDigestOf(back.activity, again.context.namespaces, 'left-out') ===
            contentDigestOf(original.activity, context.namespaces, 'left-out')
        return isSame ? [] : [identifierOf(back.facts)]
      })
      expect(differing).toEqual([])
    },
    60_000,
  )
})

function readPiece(piece: string, context: FileContext): { activity: XmlElement; facts: InitiativeFacts } {
  const activity = restoreKept(upgradeActivity(parseElement(piece, 1), context.version).activity)
  const { facts } = factsOfActivity(activity, { context, findOrg: () => undefined })
  return { activity, facts: { ...facts, ...readExtensions(activity, facts) } }
}

/** There is no empty form of a date, so an activity without any is left out. */
function hasDay(activity: XmlElement): boolean {
  return elementsOf(activity, 'activity-date').some((one) => /^\s*\d{4}-\d\d-\d\d/.test(one.attributes['iso-date'] ?? ''))
}

function identifierOf(facts: InitiativeFacts): string | null {
  return facts.identifiers?.find(({ scheme }) => scheme === 'iati')?.value ?? null
}

/** A scratch cut for files that are known to be in order; the program has a better one. */
function cut(file: string) {
  const bytes = readFileSync(file)
  return cutText((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
}

function cutText(text: string): { context: FileContext; pieces: string[] } {
  const plain = text.replace(/<!--[\s\S]*?-->/g, '')
  const root = /<iati-activities([^>]*)>/.exec(plain)?.[1] ?? ''
  const attributes = Object.fromEntries(
    [...root.matchAll(/([\w:.-]+)\s*=\s*["']([^"']*)["']/g)].map(([, n = '', v = '']) => [n, v]),
  )
  const namespaces = Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (name.startsWith('xmlns:') ? [[name.slice(6), value]] : [])),
  )
  return {
    context: { root: 'iati-activities', version: attributes.version, namespaces, attributes },
    pieces: plain.match(/<iati-activity[\s>][\s\S]*?<\/iati-activity>/g) ?? [],
  }
}

test.skipIf(CHECK_IS_MISSING === undefined)(`validity was not checked: there is no ${CHECK_IS_MISSING}`, ({ skip }) => skip())

test('an activity that states nothing at all is not written, and the report names what is missing', () => {
  const { xml, problems } = activityXml(
    { id: 'a', identifier: null, facts: {}, updatedAt: NOW },
    { extensions: true, orgOf: () => undefined, now: NOW },
  )
  expect(xml).toBeUndefined()
  expect(problems.map(({ code, params }) => [code, params.missing])).toEqual([
    [
      'iati.not-exportable',
      'iati-identifier, reporting-org, title, description, participating-org, activity-status, activity-date',
    ],
  ])
})

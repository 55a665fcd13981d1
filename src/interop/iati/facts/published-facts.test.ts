/** Every activity of the published files that development data hold: upgraded, read, and accepted by the schema of the record. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { InitiativeFactsSchema } from '../../../modules/registry/index.ts'
import { contentDigestOf } from '../canonical.ts'
import { elementsOf, type FileContext } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import { upgradeActivity } from '../upgrade/upgrade-activity.ts'
import { factsOfActivity } from './facts-of-activity.ts'

const folder = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'data', 'iati')
const files = ['publishers', 'derived'].flatMap((part) =>
  existsSync(join(folder, part)) ? readdirSync(join(folder, part)).map((name) => join(part, name)) : [],
)

function readFile(name: string) {
  const bytes = readFileSync(join(folder, name))
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const version = /<iati-activities[^>]*\sversion="([^"]*)"/.exec(text)?.[1]
  const context: FileContext = { root: 'iati-activities', version, namespaces: {}, attributes: {} }
  const pieces = text.match(/<iati-activity[\s>][\s\S]*?<\/iati-activity>/g) ?? []
  return { context, activities: pieces.map((piece) => parseElement(piece, 1)) }
}

test.runIf(files.length === 0)('published files are not here: nothing is read', () => {})

describe.runIf(files.length > 0)('published files', () => {
  test.each(files)('%s: every activity becomes facts of the record', (name) => {
    const { context, activities } = readFile(name)
    expect(activities.length).toBeGreaterThan(0)
    for (const activity of activities) {
      const upgraded = upgradeActivity(activity, context.version)
      const { facts } = factsOfActivity(upgraded.activity, { context, findOrg: () => undefined })
      // Strict equality: no key that is undefined, none that the schema does not know.
      expect(InitiativeFactsSchema.parse(facts)).toStrictEqual(facts)
      const flows = ['budget', 'planned-disbursement', 'transaction'].flatMap((part) => elementsOf(upgraded.activity, part))
      expect(facts.contributions?.length ?? 0).toBe(flows.length)
      expect(facts.partners?.length ?? 0).toBe(elementsOf(upgraded.activity, 'participating-org').length)
      // What is upgraded once is of version 2, and stays as it is.
      const again = upgradeActivity(upgraded.activity, '2.03').activity
      expect(contentDigestOf(again)).toBe(contentDigestOf(upgraded.activity))
    }
  })
})

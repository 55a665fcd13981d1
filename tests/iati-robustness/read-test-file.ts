/**
 * A test file of the tools of others, read as Sursur reads a published file, and its activities and organisations checked. Many of the
 * files are fragments: one activity or organisation without a root, or without a version. Such a fragment counts as a file of its own;
 * a file without a
 * version counts as the one that its name says, and else its shape decides, as for any published file.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { FileContext, XmlElement } from '../../src/interop/iati/element.ts'
import { elementsOf } from '../../src/interop/iati/element.ts'
import { parseElement } from '../../src/interop/iati/parse-element.ts'
import { checkActivity, checkOrganisation } from '../../src/interop/iati/rules/check-activity.ts'
import { upgradeActivity, upgradeOrganisation } from '../../src/interop/iati/upgrade/upgrade-activity.ts'
import { Problem, type ProblemReport } from '../../src/kernel/problems.ts'

/** What counts as the future must not change with the day of the test. */
const NOW = Date.UTC(2026, 10, 25)

export interface ReadTestFile {
  /** Line on which the file was refused. */
  readonly refusedAt?: number
  /** Activities and organisations. */
  readonly count: number
  readonly reports: readonly ProblemReport[]
}

export function readTestFile(path: string): ReadTestFile {
  try {
    return checkAll(parseElement(textOf(path), 1), versionInName(path))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { refusedAt: error.place?.line ?? 1, count: 0, reports: [] }
  }
}

/** The text without its XML declaration. Refused are other bytes than UTF-8 and document types. */
function textOf(path: string): string {
  const bytes = readFileSync(path)
  const plain = path.endsWith('.gz') ? gunzipSync(bytes) : bytes
  const text = utf8(plain)
  const type = text.search(/<!DOCTYPE/i)
  if (type >= 0) throw refusal(text, type)
  return text.replace(/^<\?xml [^>]*\?>/, (declaration) => declaration.replace(/[^\n]/g, ' '))
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const loose = new TextDecoder().decode(bytes)
    throw refusal(loose, loose.indexOf('\ufffd'))
  }
}

function refusal(text: string, at: number): Problem {
  return new Problem('iati.not-well-formed', { reason: 'test' }, { place: { line: text.slice(0, at).split('\n').length } })
}

function checkAll(root: XmlElement, stated: string | undefined): ReadTestFile {
  refuseUnboundPrefixes(root, new Set(['xml']))
  const context: FileContext = {
    root: root.name.startsWith('iati-organisation') ? 'iati-organisations' : 'iati-activities',
    version: knownVersion(root.attributes.version) ?? stated,
    namespaces: {},
    attributes: root.attributes,
  }
  const single = root.name === 'iati-activity' || root.name === 'iati-organisation'
  const parts = single ? [root] : elementsOf(root)
  const reports: ProblemReport[] = []
  let count = 0
  for (const part of parts) {
    if (part.name === 'iati-activity')
      reports.push(...checkActivity(upgradeActivity(part, context.version).activity, context, NOW))
    else if (part.name === 'iati-organisation') {
      reports.push(...checkOrganisation(upgradeOrganisation(part, context.version).organisation, context, NOW))
    } else continue
    count++
  }
  return { count, reports }
}

/** `xx` stands in the tests of the schemas of version 2 where the version belongs. */
function knownVersion(version: string | undefined): string | undefined {
  return version === 'xx' ? '2.03' : version
}

function versionInName(path: string): string | undefined {
  const [, major, minor] = /_([12])-(0\d)_/.exec(path) ?? []
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}`
}

function refuseUnboundPrefixes(element: XmlElement, above: ReadonlySet<string>): void {
  const declared = Object.keys(element.attributes).flatMap((name) => (name.startsWith('xmlns:') ? [name.slice(6)] : []))
  const bound = declared.length === 0 ? above : new Set([...above, ...declared])
  for (const name of [element.name, ...Object.keys(element.attributes)]) {
    const [prefix = '', local] = name.split(':')
    if (local === undefined || prefix === 'xmlns' || bound.has(prefix)) continue
    throw new Problem('iati.not-well-formed', { reason: 'unbound prefix' }, { place: { line: element.line } })
  }
  for (const child of elementsOf(element)) refuseUnboundPrefixes(child, bound)
}

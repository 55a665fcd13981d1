/**
 * A test file of the tools of others, opened as Sursur opens a published file, and each of its activities and organisations checked.
 * Many of the files are fragments. One that has an activity or organisation for its root counts as a file of that one; a file without
 * a version counts as the version that its name says, and else its shape decides, as for any published file.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { FileContext, XmlElement } from '../../src/interop/iati/element.ts'
import { parseElement } from '../../src/interop/iati/parse-element.ts'
import { openPublishedFiles } from '../../src/interop/iati/reading/open-published-files.ts'
import { checkActivity, checkOrganisation } from '../../src/interop/iati/rules/check-activity.ts'
import { checkRoot } from '../../src/interop/iati/rules/check-root.ts'
import { upgradeActivity, upgradeOrganisation } from '../../src/interop/iati/upgrade/upgrade-activity.ts'
import { Problem, type ProblemReport } from '../../src/kernel/problems.ts'

/** What counts as the future must not change with the day of the test. */
const NOW = Date.UTC(2026, 10, 25)

export interface ReadTestFile {
  readonly refused?: { readonly line: number | undefined; readonly code: string }
  /** Activities and organisations. */
  readonly count: number
  readonly reports: readonly ProblemReport[]
}

export async function readTestFile(path: string): Promise<ReadTestFile> {
  try {
    return await readPieces(path)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return readFragment(path) ?? { refused: { line: error.place?.line, code: error.code }, count: 0, reports: [] }
  }
}

async function readPieces(path: string): Promise<ReadTestFile> {
  const reports: ProblemReport[] = []
  let count = 0
  let root: FileContext | undefined
  for await (const file of openPublishedFiles({ path })) {
    for await (const piece of file.pieces()) {
      if (piece.kind === 'too-large') continue
      if (root !== piece.context) reports.push(...aboutRoot(piece.context))
      root = piece.context
      reports.push(
        ...checkPiece(parseElement(piece.bytes.toString('utf8'), piece.line, piece.context.namespaces), piece.context, path),
      )
      count++
    }
  }
  return { count, reports }
}

/** That a file states no version is what most test files have in common, and what none of them is about. */
function aboutRoot(context: FileContext): ProblemReport[] {
  return checkRoot(context).filter(({ params }) => params.missing !== 'version')
}

/** Undefined when the root is anything but one activity or organisation. */
function readFragment(path: string): ReadTestFile | undefined {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^<\?xml [^>]*\?>/, '')
  try {
    const root = parseElement(text, 1)
    if (root.name !== 'iati-activity' && root.name !== 'iati-organisation') return undefined
    const file = root.name === 'iati-activity' ? 'iati-activities' : 'iati-organisations'
    const context: FileContext = { root: file, version: undefined, namespaces: {}, attributes: {} }
    return { count: 1, reports: checkPiece(root, context, path) }
  } catch {
    return undefined
  }
}

function checkPiece(element: XmlElement, found: FileContext, path: string): ProblemReport[] {
  const context = { ...found, version: versionOf(found.version, path) }
  return element.name === 'iati-organisation'
    ? checkOrganisation(upgradeOrganisation(element, context.version).organisation, context, NOW)
    : checkActivity(upgradeActivity(element, context.version).activity, context, NOW)
}

/** `xx` stands in the tests of the schemas of version 2 where the version belongs. */
function versionOf(stated: string | undefined, path: string): string | undefined {
  if (stated !== undefined) return stated === 'xx' ? '2.03' : stated
  const [, major, minor] = /_([12])-(0\d)_/.exec(path) ?? []
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}`
}

/** Whole files of IATI 2.03, piece by piece: what is written is never held. */
import type { ProblemReport } from '../../../kernel/problems.ts'
import { OWN_NAMESPACE } from '../own-namespace.ts'
import { escapeAttribute } from './serialise.ts'
import { activityXml, type OriginalActivity, type WriteOptions, type WrittenRecord } from './write-activity.ts'
import { type OrganisationItem, type OrganisationOptions, organisationXml } from './write-organisation.ts'

export interface FileItem {
  readonly record: WrittenRecord
  readonly original?: OriginalActivity | undefined
}

export interface FileOptions extends Omit<WriteOptions, 'original'> {
  /** What could not be written, as it is found: an activity (error), or some parts of one (warning). */
  readonly say?: (problem: ProblemReport) => void
}

/**
 * The file as texts, one for each activity. The schema wants at least one activity: a file of none is still well-formed, and whoever
 * asks for it should say instead that there is nothing.
 */
export async function* activityFile(
  items: AsyncIterable<FileItem> | Iterable<FileItem>,
  { say, ...options }: FileOptions,
): AsyncGenerator<string> {
  yield start('iati-activities', options)
  for await (const { record, original } of items) {
    const { xml, problems } = activityXml(record, { ...options, original })
    for (const problem of problems) say?.(problem)
    if (xml !== undefined) yield `${xml}\n`
  }
  yield '</iati-activities>\n'
}

export async function* organisationFile(
  items: AsyncIterable<OrganisationItem> | Iterable<OrganisationItem>,
  { say, ...options }: OrganisationOptions & { readonly say?: (problem: ProblemReport) => void },
): AsyncGenerator<string> {
  yield start('iati-organisations', options)
  for await (const item of items) {
    const { xml, problems } = organisationXml(item, options)
    for (const problem of problems) say?.(problem)
    if (xml !== undefined) yield `${xml}\n`
  }
  yield '</iati-organisations>\n'
}

function start(root: string, { now, extensions }: { now: string; extensions: boolean }): string {
  const own = extensions ? ` xmlns:sur="${OWN_NAMESPACE}"` : ''
  const generated = escapeAttribute(now)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} version="2.03" generated-datetime="${generated}"${own}>\n`
}

/**
 * A file says something new about an initiative that is there. Section by section: what nobody edited since becomes what the file says;
 * what a person edited and the file left alone stays; what both changed differently stays as the person left it, and is asked about.
 */
import { zstdDecompressSync } from 'node:zlib'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { newId } from '../../../kernel/ids.ts'
import type { InitiativeFacts, InitiativeRecord, SourceOfRow } from '../../../modules/registry/index.ts'
import type { MergedPiece, MergeTask } from './piece-task.ts'
import type { PieceReader } from './read-pieces.ts'

export interface SectionConflict {
  readonly id: string
  readonly section: string
  readonly ours: unknown
  readonly theirs: unknown
  readonly oursAt: string
  readonly theirsAt: string | null
}

interface ReadLine {
  readonly record: InitiativeRecord
  readonly source: SourceOfRow
}

export function mergePieces(reader: PieceReader, { items, blocks }: MergeTask): MergedPiece[] {
  const unpacked = new Map(blocks.map(({ id, content, context }) => [id, { bytes: zstdDecompressSync(content), context }]))
  return items.map(({ line, contentDigest, isOwnExport, base, before }) => {
    const { record: stated, source } = JSON.parse(line) as ReadLine
    const block = before && unpacked.get(before.blockId)
    const earlier =
      before && block
        ? reader.statedBy(block.bytes.subarray(before.start, before.start + before.length), block.context, isOwnExport)
        : { facts: {}, contentDigest: '' }
    // Other spacing, order or version of the standard, and nothing else.
    if (earlier.contentDigest === contentDigest) return { outcome: 'unchanged', conflicts: 0 }
    const says = isOwnExport ? withContact(stated.facts, base.facts.contact) : stated.facts
    const { facts, conflicting } = mergeSections(earlier.facts, base.facts, says)
    if (isOwnExport && conflicting.length === 0 && saysWhatIsKnown(says, base.facts, earlier.facts))
      return { outcome: 'unchanged', conflicts: 0 }
    const { run } = reader.setup
    const version = base.version + 1
    // Where rows only ever enter as submitted, a file cannot change what is published either: it opens a revision.
    const state = base.state === 'published' && run.entryState === 'submitted' ? 'under_revision' : base.state
    const record: InitiativeRecord = {
      ...base,
      version,
      state,
      publishedVersion: state === 'published' ? version : base.publishedVersion,
      importDigest: stated.importDigest,
      updatedAt: run.at,
      updatedBy: run.actorId,
      facts,
    }
    const conflicts = conflicting.map(
      (section): SectionConflict => ({
        id: newId(),
        section,
        ours: sectionOf(base.facts, section),
        theirs: sectionOf(stated.facts, section),
        oursAt: base.updatedAt,
        theirsAt: source.statedAt,
      }),
    )
    return {
      outcome: 'changed',
      line: reader.lineOf(record, source, { baseVersion: base.version, conflicts }),
      conflicts: conflicts.length,
    }
  })
}

/** An export of ours has contact data only where the person agreed: where it has none, it says nothing of them. */
function withContact(facts: InitiativeFacts, known: string | undefined): InitiativeFacts {
  return facts.contact !== undefined || known === undefined ? facts : { ...facts, contact: known }
}

/** An edited record that was exported and comes back. A publisher's piece that says more beside the facts is kept. */
function saysWhatIsKnown(theirs: InitiativeFacts, ours: InitiativeFacts, before: InitiativeFacts): boolean {
  const known = canonicalJson(ours)
  return canonicalJson(theirs) === known && canonicalJson(before) !== known
}

/** Personal data are shown to nobody to decide on: what a person edited stays, without being asked about. */
const NEVER_ASKED_ABOUT = 'contact'

/** `before` is what the file said when the record was made of it, `ours` what the record says now, `theirs` what the file says now. */
export function mergeSections(
  before: InitiativeFacts,
  ours: InitiativeFacts,
  theirs: InitiativeFacts,
): { facts: InitiativeFacts; conflicting: string[] } {
  const merged: Record<string, unknown> = {}
  const conflicting: string[] = []
  for (const section of new Set([...Object.keys(ours), ...Object.keys(theirs), ...Object.keys(before)])) {
    const [was, is, says] = [before, ours, theirs].map((facts) => canonicalJson(sectionOf(facts, section)))
    const keepsOurs = says === was || says === is
    if (!keepsOurs && is !== was && section !== NEVER_ASKED_ABOUT) conflicting.push(section)
    const value = keepsOurs || is !== was ? sectionOf(ours, section) : sectionOf(theirs, section)
    if (value !== undefined) merged[section] = value
  }
  return { facts: merged as InitiativeFacts, conflicting }
}

function sectionOf(facts: InitiativeFacts, section: string): unknown {
  return (facts as Record<string, unknown>)[section]
}

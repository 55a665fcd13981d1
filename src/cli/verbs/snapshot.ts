/** `sursur snapshot take`, `list` and `export`: published rows as everybody sees them, frozen, with their hashes and their file. */
import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Translator, translatorFor } from '../../i18n/translator.ts'
import { takeSnapshot } from '../../jobs/exports/take-snapshot.ts'
import { Problem } from '../../kernel/problems.ts'
import { getSnapshot, listSnapshots, readSnapshotFile, type Snapshot } from '../../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import { type CliVerb, requireWord } from '../command.ts'
import { SELECTION_OPTIONS, selectRows } from '../selected-rows.ts'
import { withProgram } from '../with-program.ts'
import { writeWhole } from '../write-whole.ts'

const takeVerb: CliVerb = {
  name: 'snapshot take',
  takes: '',
  meaning:
    'Freezes what everybody sees under a filter: a data package that stays, with its hashes and the versions of the code lists.',
  options: [...SELECTION_OPTIONS, { name: 'title', value: 'TEXT', meaning: 'What it is called; by default its day.' }],
  run: (call) =>
    withProgram(call, async ({ operations }) => {
      const t = translatorFor(call.lang)
      const { filter } = await selectRows(call, operations)
      const title = call.option('title')?.trim() || undefined
      const snapshot = await takeSnapshot(operations, { filter, title }, t, LOCAL_ADMINISTRATOR)
      const count = snapshot.counts.listings ?? 0
      if (call.json) call.print(JSON.stringify(snapshot))
      else call.say(t('exports.snapshot-taken', { id: snapshot.id, count, shown: t.number(count) }))
      return 0
    }),
}

/** The newest; more than a person reads on a terminal. */
const MOST_LISTED = 500

const listVerb: CliVerb = {
  name: 'snapshot list',
  takes: '',
  meaning: 'Lists the snapshots, newest first, at most 500: id, instant, rows and name.',
  options: [],
  run: (call) =>
    withProgram(call, async ({ operations }) => {
      const t = translatorFor(call.lang)
      const snapshots = await operations.run(listSnapshots, { limit: MOST_LISTED }, LOCAL_ADMINISTRATOR)
      if (call.json) call.print(JSON.stringify({ snapshots }))
      else if (snapshots.length === 0) call.say(t('data.snapshots.none'))
      else for (const snapshot of snapshots) call.say(lineOf(t, snapshot))
      return 0
    }),
}

function lineOf(t: Translator, { id, title, takenAt, counts }: Snapshot): string {
  const count = counts.listings ?? 0
  const rows = t('registry.list.rows', { count, shown: t.number(count) })
  return [id, t.instant(takenAt), rows, title ?? t('data.snapshots.untitled', { date: t.date(takenAt.slice(0, 10)) })].join('  ')
}

const exportVerb: CliVerb = {
  name: 'snapshot export',
  takes: 'ID --out FILE',
  meaning: 'Writes the data package of a snapshot (a zip), the same bytes at every time.',
  options: [{ name: 'out', value: 'FILE', meaning: 'File to write. It appears when it is whole.' }],
  run: (call) => {
    const id = requireWord(call, 0, 'ID')
    const out = call.option('out')
    if (out === undefined) throw new Problem('exports.out-missing')
    return withProgram(call, async ({ operations }) => {
      const snapshot = await operations.run(getSnapshot, { id }, LOCAL_ADMINISTRATOR)
      const file = await operations.run(readSnapshotFile, { id }, LOCAL_ADMINISTRATOR)
      await writeWhole(out, (stream) => pipeline(file, checked(snapshot), stream))
      const count = snapshot.counts.listings ?? 0
      const { fileBytes, fileDigest, snapshotHash } = snapshot
      if (call.json) call.print(JSON.stringify({ file: out, id, rows: count, bytes: fileBytes, fileDigest, snapshotHash }))
      else {
        const t = translatorFor(call.lang)
        call.say(t('exports.written', { file: out, count, shown: t.number(count) }))
      }
      return 0
    })
  },
}

/** Passes the bytes and fails at the end when they are not those that were kept. */
function checked({ id, fileDigest }: Snapshot): Transform {
  const digest = createHash('sha256')
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      digest.update(piece)
      done(null, piece)
    },
    flush(done) {
      done(digest.digest('hex') === fileDigest ? null : new Error(`The file of the snapshot ${id} is not the one that was kept.`))
    },
  })
}

export const snapshotVerbs: readonly CliVerb[] = [takeVerb, listVerb, exportVerb]

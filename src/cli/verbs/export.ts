/** `sursur export`: the rows of a list as a file; the filter is the address of the list on the screen, and the rows are the same. */
import type { Writable } from 'node:stream'
import { problemText } from '../../i18n/problem-text.ts'
import { type Translator, translatorFor } from '../../i18n/translator.ts'
import { LISTING_FORMATS, type ListingFormat } from '../../jobs/exports/listing-table.ts'
import { writeOrganisationFile } from '../../jobs/exports/organisation-file.ts'
import { writePackage } from '../../jobs/exports/package/write-package.ts'
import { programVersion } from '../../jobs/exports/program-version.ts'
import { type WrittenPublishedFile, writePublishedFile } from '../../jobs/exports/published-file.ts'
import { defineProblems, Problem, type ProblemReport } from '../../kernel/problems.ts'
import { digestListings, exportListings, formatListingFilter, type ListingFilter } from '../../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import type { CliCall, CliVerb } from '../command.ts'
import { SELECTION_OPTIONS, type Selected, selectRows } from '../selected-rows.ts'
import { withProgram } from '../with-program.ts'
import { writeWhole } from '../write-whole.ts'

defineProblems('exports', {
  'format-unknown': { kind: 'invalid', params: ['found', 'accepted'] },
  'filter-not-of-organisations': { kind: 'invalid', params: ['found'] },
  'nothing-to-write': { kind: 'invalid', params: ['count'] },
})

export const exportVerb: CliVerb = {
  name: 'export',
  takes: '--format csv|xlsx|json|jsonl|parquet|datapackage|iati|iati-organisation --out FILE',
  meaning:
    'Writes the initiatives of a list to a file: the same rows, in the same order, as the screen shows under the same filter. A datapackage holds the published ones with everything public behind them; iati is a file of the IATI standard 2.03; iati-organisation is such a file of what organisations publish about themselves.',
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      meaning:
        'csv, xlsx, json, jsonl, parquet, datapackage (a zip), iati or iati-organisation (xml); by default the ending of FILE.',
    },
    ...SELECTION_OPTIONS,
    {
      name: 'plain',
      meaning: 'For iati and iati-organisation: without elements and tags of our own, so that what 2.03 cannot hold is left out.',
    },
    { name: 'out', value: 'FILE', meaning: 'File to write. It appears when it is whole.' },
  ],
  run: (call) => {
    const out = call.option('out')
    if (out === undefined) throw new Problem('exports.out-missing')
    const format = formatOf(call, out)
    return withProgram(call, async ({ operations }) => {
      if (format.name === 'iati' || format.name === 'iati-organisation') return writeIati(call, operations, format.name, out)
      const selected = await selectRows(call, operations)
      const { rows, snapshotHash } = await writeWhole(out, (stream) => write(format, operations, selected, call, stream))
      if (call.json) call.print(JSON.stringify({ file: out, format: format.name, rows, snapshotHash }))
      else
        call.say(
          translatorFor(call.lang)('exports.written', { file: out, count: rows, shown: translatorFor(call.lang).number(rows) }),
        )
      return 0
    })
  },
}

/** What 2.03 cannot hold is left out and said; the exit code then says so as well. */
async function writeIati(
  call: CliCall,
  operations: Operations,
  format: 'iati' | 'iati-organisation',
  out: string,
): Promise<number> {
  const { filter } = await selectRows(call, operations)
  const how = { extensions: !call.flag('plain'), now: new Date() }
  const write = (stream: Writable): Promise<WrittenPublishedFile> =>
    format === 'iati'
      ? writePublishedFile(operations, LOCAL_ADMINISTRATOR, { filter, ...how }, stream)
      : writeOrganisationFile(operations, LOCAL_ADMINISTRATOR, { ...collectionsOnly(filter), ...how }, stream)
  const t = translatorFor(call.lang)
  const { written, leftOut, shortened, problems } = await writeWhole(out, async (stream) => {
    const file = await write(stream)
    // The schema wants an activity or an organisation: a file of none would be refused by everybody.
    if (file.written === 0) {
      if (!call.json) for (const line of namedProblems(t, file.problems)) call.say(line)
      throw new Problem('exports.nothing-to-write', { count: file.leftOut })
    }
    return file
  })
  if (call.json) {
    const told = problems.map(({ code, params, place }) => ({ ...place, code, message: problemText(t, { code, params }) }))
    call.print(JSON.stringify({ file: out, format, rows: written, leftOut, shortened, problems: told }))
  } else {
    call.say(t('exports.written', { file: out, count: written, shown: t.number(written) }))
    if (leftOut > 0) call.say(t('exports.left-out', { count: leftOut, shown: t.number(leftOut) }))
    if (shortened > 0) call.say(t('exports.shortened', { count: shortened, shown: t.number(shortened) }))
    for (const line of namedProblems(t, problems)) call.say(line)
  }
  return leftOut + shortened > 0 ? 2 : 0
}

/** Each with the identifier of its initiative or organisation. */
function namedProblems(t: Translator, problems: readonly ProblemReport[]): string[] {
  const lines = problems
    .slice(0, SHOWN_PROBLEMS)
    .map((problem) => `  ${problem.place?.activity ?? '–'}: ${problemText(t, problem)}`)
  const more = problems.length - lines.length
  return more > 0 ? [...lines, `  ${t('exports.more-left-out', { count: more, shown: t.number(more) })}`] : lines
}

/** Organisations belong to no row of the list: of a filter they know the collection alone. Errors: Problem `exports.filter-not-of-organisations`. */
function collectionsOnly(filter: ListingFilter): { collections?: readonly string[] } {
  const { collection, ...values } = filter.values
  const others = formatListingFilter({ ...filter, values }).toString()
  if (others !== '') throw new Problem('exports.filter-not-of-organisations', { found: others })
  return collection === undefined ? {} : { collections: collection }
}

/** Problems shown on the terminal; all of them stand in the JSON. */
const SHOWN_PROBLEMS = 20

interface ChosenFormat {
  readonly name: string
  /** Absent for the package. */
  readonly listing?: ListingFormat
}

const FORMATS: readonly ChosenFormat[] = [
  ...LISTING_FORMATS.map((listing) => ({ name: listing.extension, listing })),
  { name: 'datapackage' },
  { name: 'iati' },
  { name: 'iati-organisation' },
]

function formatOf(call: CliCall, out: string): ChosenFormat {
  const found = (
    call.option('format') ??
    out.split('.').at(-1)?.replace(/^zip$/i, 'datapackage').replace(/^xml$/i, 'iati') ??
    ''
  ).toLowerCase()
  const format = FORMATS.find(({ name }) => name === found)
  if (!format) throw new Problem('exports.format-unknown', { found, accepted: FORMATS.map(({ name }) => name).join(', ') })
  return format
}

interface Written {
  readonly rows: number
  readonly snapshotHash: string
}

async function write(
  { listing }: ChosenFormat,
  operations: Operations,
  { filter, about }: Selected,
  call: CliCall,
  stream: Writable,
): Promise<Written> {
  const t = translatorFor(call.lang)
  if (listing === undefined) {
    const request = { filter, collections: about.collections, programVersion: programVersion(), at: new Date() }
    const { counts, snapshotHash } = await writePackage(operations, request, t, stream)
    return { rows: counts.listings ?? 0, snapshotHash }
  }
  const { batches, rows, hash } = digestListings(await operations.run(exportListings, { filter }, LOCAL_ADMINISTRATOR))
  await listing.write(batches, t, stream, about)
  return { rows: rows(), snapshotHash: hash() }
}

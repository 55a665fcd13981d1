/** `sursur export`: the rows of a list as a file; the filter is the address of the list on the screen, and the rows are the same. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { translatorFor } from '../../i18n/translator.ts'
import { collectionsOf, type ListingAbout } from '../../jobs/exports/listing-about.ts'
import { LISTING_FORMATS, type ListingFormat } from '../../jobs/exports/listing-table.ts'
import { defineProblems, Problem } from '../../kernel/problems.ts'
import {
  exportListings,
  formatListingFilter,
  type ListedInitiative,
  listCollectionsQuery,
  parseListingFilter,
  withFilterValue,
} from '../../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import type { CliCall, CliVerb } from '../command.ts'
import { withProgram } from '../with-program.ts'

defineProblems('exports', {
  'format-unknown': { kind: 'invalid', params: ['found', 'accepted'] },
  'out-missing': { kind: 'invalid', params: [] },
  'file-not-writable': { kind: 'invalid', params: ['file', 'reason'] },
})

export const exportVerb: CliVerb = {
  name: 'export',
  takes: '--format csv|xlsx|json|jsonl --out FILE',
  meaning:
    'Writes the initiatives of a list to a file: the same rows, in the same order, as the screen shows under the same filter.',
  options: [
    { name: 'format', value: 'FORMAT', meaning: 'csv, xlsx, json or jsonl; by default the ending of FILE.' },
    { name: 'portfolio', value: 'NAME', meaning: 'One portfolio; by default all working portfolios.' },
    {
      name: 'filter',
      value: 'EXPR',
      meaning: 'Filter as in the address of the list, for example "host=AGO&scale=regional&q=water".',
    },
    { name: 'out', value: 'FILE', meaning: 'File to write. It appears when it is whole.' },
  ],
  run: (call) => {
    const out = call.option('out')
    if (out === undefined) throw new Problem('exports.out-missing')
    const format = formatOf(call, out)
    return withProgram(call, async ({ operations }) => {
      const rows = await writeWhole(out, format, call, await selectedRows(call, operations))
      if (call.json) call.print(JSON.stringify({ file: out, format: format.extension, rows }))
      else
        call.say(
          translatorFor(call.lang)('exports.written', { file: out, count: rows, shown: translatorFor(call.lang).number(rows) }),
        )
      return 0
    })
  },
}

function formatOf(call: CliCall, out: string): ListingFormat {
  const found = (call.option('format') ?? out.split('.').at(-1) ?? '').toLowerCase()
  const format = LISTING_FORMATS.find(({ extension }) => extension === found)
  if (!format)
    throw new Problem('exports.format-unknown', { found, accepted: LISTING_FORMATS.map((one) => one.extension).join(', ') })
  return format
}

interface SelectedRows {
  readonly batches: AsyncIterable<readonly ListedInitiative[]>
  readonly about: ListingAbout
}

async function selectedRows(call: CliCall, operations: Operations): Promise<SelectedRows> {
  const given = parseListingFilter((call.option('filter') ?? '').replace(/^.*\?/, ''))
  const portfolio = call.option('portfolio')
  const collections = await operations.run(listCollectionsQuery, {}, LOCAL_ADMINISTRATOR)
  if (portfolio !== undefined && !collections.some(({ key }) => key === portfolio))
    throw new Problem('registry.collection-missing', { collection: portfolio })
  const filter = portfolio === undefined ? given : withFilterValue(given, 'collection', [portfolio])
  return {
    batches: await operations.run(exportListings, { filter }, LOCAL_ADMINISTRATOR),
    about: {
      filter: formatListingFilter(filter).toString(),
      day: new Date().toISOString().slice(0, 10),
      collections: collectionsOf(filter, collections),
    },
  }
}

/** Written beside and renamed: a broken export never looks like a whole one. */
async function writeWhole(out: string, format: ListingFormat, call: CliCall, { batches, about }: SelectedRows): Promise<number> {
  const part = `${out}.part`
  let rows = 0
  async function* counted() {
    for await (const batch of batches) {
      rows += batch.length
      yield batch
    }
  }
  try {
    const stream = createWriteStream(part)
    const failed = new Promise<never>((_resolve, reject) => stream.once('error', reject))
    await Promise.race([format.write(counted(), translatorFor(call.lang), stream, about), failed])
    await rename(part, out)
    return rows
  } catch (error) {
    await rm(part, { force: true })
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'path' in error)
      throw new Problem('exports.file-not-writable', { file: out, reason: error.code }, { cause: error })
    throw error
  }
}

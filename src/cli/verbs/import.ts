/** `sursur import FILE...`: any file that people have, into one portfolio. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { problemText } from '../../i18n/problem-text.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { publishedFilesIn } from '../../interop/iati/index.ts'
import { parseMapping } from '../../interop/tables/index.ts'
import { type FetchSettings, fetchPublishedFile, isWebAddress } from '../../jobs/imports/addresses/fetch-published-file.ts'
import { suggestCollectionKey } from '../../jobs/imports/collection-key.ts'
import { IMPORT_KINDS, type ImportKind, importFile } from '../../jobs/imports/import-file.ts'
import type { ImportReport } from '../../jobs/imports/import-table-file.ts'
import type { PublishedImportReport } from '../../jobs/imports/published/import-published-file.ts'
import { portfolioOfRelease } from '../../jobs/releases/import-release.ts'
import { newId } from '../../kernel/ids.ts'
import { Problem } from '../../kernel/problems.ts'
import { getImportMapping } from '../../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import { type CliCall, type CliVerb, requireWord } from '../command.ts'
import { withInput } from '../standard-input.ts'
import { withProgram } from '../with-program.ts'
import { lookForLinksAfterImport } from './links.ts'

/** Problems shown on the terminal; all of them stand in the JSON and with the run. */
const SHOWN_PROBLEMS = 20

export const importVerb: CliVerb = {
  name: 'import',
  takes: 'FILE... --portfolio NAME',
  meaning:
    'Imports IATI files (XML, gzip, zip, a folder, an address; - for standard input), tables (CSV, XLSX, JSON, JSON Lines) and signed packages of other instances into a portfolio, which is created when it is new.',
  options: [
    {
      name: 'portfolio',
      value: 'NAME',
      meaning: 'Portfolio to fill; by default the name of the file, of a package that of its instance.',
    },
    { name: 'as', value: 'FORMAT', meaning: 'iati, table or release; by default the content of the file decides.' },
    {
      name: 'trust',
      value: 'FINGERPRINT',
      meaning:
        'For a signed package of another instance: the fingerprint of its key, as you have compared it with what that instance shows.',
    },
    { name: 'dry-run', meaning: 'Reads and checks everything and writes nothing.' },
    { name: 'mapping', value: 'NAME', meaning: 'Uses a saved mapping of columns to fields.' },
    { name: 'text-lang', value: 'LANG', meaning: 'Language of the texts in the file.' },
  ],
  run: (call) =>
    withProgram(call, async ({ operations, fetching }) => {
      requireWord(call, 0, 'FILE')
      let failed = false
      for (const word of call.words) {
        await withFile(word, fetching, async (given) => {
          for (const file of await filesOf(given)) {
            const portfolio = call.option('portfolio') ?? (await portfolioFor(operations, file, given.fileName))
            if (!(await importOne(call, operations, file, portfolio))) failed = true
          }
        })
      }
      if (!call.flag('dry-run')) await lookForLinksAfterImport(call, operations)
      // Something was not stored: the caller must be able to see it without reading.
      return failed ? NOT_ACCEPTED : 0
    }),
}

const NOT_ACCEPTED = 2

interface FileOfWord {
  readonly path: string
  readonly fileName: string
  readonly address?: string
  readonly series?: string
}

/** Each file of a folder is an import of its own: one that is refused leaves the others alone. */
async function filesOf(given: FileOfWord): Promise<FileOfWord[]> {
  const found = await stat(given.path).catch((cause: unknown) => {
    throw new Problem('cli.file-missing', { file: given.path }, { cause })
  })
  if (!found.isDirectory()) return [given]
  const files = await publishedFilesIn(given.path)
  if (files.length === 0) throw new Problem('imports.nothing-in-folder', { file: given.fileName })
  return files
}

/** A package goes where the one before of its instance went; anything else is named after its file. */
async function portfolioFor(operations: Operations, { path }: FileOfWord, fileName: string): Promise<string> {
  const known = await portfolioOfRelease(operations, LOCAL_ADMINISTRATOR, path)
  return known ?? suggestCollectionKey(fileName)
}

/** Whether all of the file was stored. */
async function importOne(call: CliCall, operations: Operations, file: FileOfWord, portfolio: string): Promise<boolean> {
  let report: ImportReport | PublishedImportReport
  try {
    report = await importFile(operations, LOCAL_ADMINISTRATOR, {
      ...file,
      portfolio,
      dryRun: call.flag('dry-run'),
      readerLanguage: call.lang,
      onWait: (name) => call.say(translatorFor(call.lang)('imports.waits', { file: name })),
      ...kindOf(call),
      ...(call.option('trust') === undefined ? {} : { trust: call.option('trust') ?? '' }),
      ...(await savedMapping(call, operations)),
      ...languageOf(call),
    })
  } catch (error) {
    if (!(error instanceof Problem) || !/^(iati|tables|releases)\./.test(error.code)) throw error
    sayRefused(call, file.fileName, portfolio, error)
    return false
  }
  if (call.json) call.print(JSON.stringify(withPlaces(report, call.lang)))
  else sayReport(call, file.fileName, report)
  return report.rejected === 0 && (organisationsOf(report)?.rejected ?? 0) === 0
}

/** The file as a whole is not accepted: nothing of it was stored. As JSON it is a report that counts nothing. */
function sayRefused(call: CliCall, fileName: string, portfolio: string, { code, params, place, details }: Problem): void {
  const t = translatorFor(call.lang)
  const problems = [{ code, params, ...(place ? { place } : {}) }, ...details]
  call.say(`${code}: ${fileName}: ${problems.map((problem) => problemText(t, problem)).join('\n  ')}`)
  if (!call.json) return
  const nothing = { read: 0, created: 0, changed: 0, unchanged: 0, rejected: 0, warnings: 0, seconds: 0 }
  const format = code.startsWith('iati.') ? 'iati' : code.startsWith('releases.') ? 'release' : 'table'
  const refused = { portfolio, format, ...nothing, refused: true, runId: null, problems }
  call.print(JSON.stringify(withPlaces(refused, call.lang)))
}

/** `-` is standard input, `https://...` an address: kept in a temporary file for as long as it is read. */
async function withFile<T>(word: string, fetching: FetchSettings, work: (file: FileOfWord) => Promise<T>): Promise<T> {
  if (isWebAddress(word)) {
    const fetched = await fetchPublishedFile(word, fetching)
    // Without a mark of an earlier answer a server gives the file.
    if (fetched.kind === 'unchanged') throw new Problem('imports.file-missing', { file: word })
    try {
      return await work({ path: fetched.path, fileName: fetched.fileName, address: word })
    } finally {
      await fetched.discard()
    }
  }
  if (word !== '-') return work({ path: word, fileName: basename(word) })
  const fileName = nameOf(word)
  // What is piped in has no name: it is the next edition of nothing, so that one pipe does not mark what another brought as withdrawn.
  const series = `${fileName} ${newId()}`
  return withInput(process.stdin, { fileName, limitBytes: fetching.sizeLimitBytes }, (path) => work({ path, fileName, series }))
}

function nameOf(word: string): string {
  return word === '-' ? 'standard-input' : basename(word)
}

function kindOf(call: CliCall): { as?: ImportKind } {
  const found = call.option('as')
  if (found === undefined) return {}
  const kind = IMPORT_KINDS.find((one) => one === found)
  if (!kind) throw new Problem('imports.kind-unknown', { found, accepted: IMPORT_KINDS.join(', ') })
  return { as: kind }
}

async function savedMapping(call: CliCall, operations: Operations) {
  const name = call.option('mapping')
  if (name === undefined) return {}
  const saved = await operations.run(getImportMapping, { name }, LOCAL_ADMINISTRATOR)
  return { mappings: (Array.isArray(saved) ? saved : [saved]).map(parseMapping) }
}

function languageOf(call: CliCall): { language?: string } {
  const language = call.option('text-lang')
  return language === undefined ? {} : { language }
}

/** The contract of the command line: a flat problem with file, row, column, code and message. */
function withPlaces({ problems, ...report }: Pick<ImportReport, 'problems'>, lang: string) {
  const t = translatorFor(lang)
  return {
    ...report,
    problems: problems.map(({ code, params, place, level }) => ({
      ...place,
      code,
      level: level ?? 'error',
      message: problemText(t, { code, params }),
    })),
  }
}

function organisationsOf(report: ImportReport | PublishedImportReport): PublishedImportReport['organisations'] {
  return 'organisations' in report ? report.organisations : null
}

function sayReport(call: CliCall, file: string, report: ImportReport): void {
  const { problems, ...counts } = report
  const t = translatorFor(call.lang)
  call.say(t('imports.summary', { file, ...counts, runId: report.runId ?? '–' }))
  const organisations = organisationsOf(report)
  if (organisations) call.say(t('imports.summary-organisations', { ...organisations }))
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) call.say(`  ${problemText(t, problem)}`)
  if (problems.length > SHOWN_PROBLEMS) call.say(`  ${t('imports.more-problems', { count: problems.length - SHOWN_PROBLEMS })}`)
}

/** `sursur import FILE...`: any table that people have, into one portfolio. */
import { basename } from 'node:path'
import { problemText } from '../../i18n/problem-text.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { parseMapping } from '../../interop/tables/index.ts'
import { suggestCollectionKey } from '../../jobs/imports/collection-key.ts'
import { type ImportReport, importTableFile } from '../../jobs/imports/import-table-file.ts'
import { getImportMapping } from '../../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import { type CliCall, type CliVerb, requireWord } from '../command.ts'
import { withProgram } from '../with-program.ts'

/** Problems shown on the terminal; all of them stand in the JSON and with the run. */
const SHOWN_PROBLEMS = 20

export const importVerb: CliVerb = {
  name: 'import',
  takes: 'FILE... --portfolio NAME',
  meaning: 'Imports tables (CSV, XLSX, JSON, JSON Lines) into a portfolio, which is created when it is new.',
  options: [
    { name: 'portfolio', value: 'NAME', meaning: 'Portfolio to fill; by default the name of the file.' },
    { name: 'dry-run', meaning: 'Reads and checks everything and writes nothing.' },
    { name: 'mapping', value: 'NAME', meaning: 'Uses a saved mapping of columns to fields.' },
    { name: 'text-lang', value: 'LANG', meaning: 'Language of the texts in the file.' },
  ],
  run: (call) =>
    withProgram(call, async ({ operations }) => {
      requireWord(call, 0, 'FILE')
      let failed = false
      for (const path of call.words) {
        const report = await importTableFile(operations, LOCAL_ADMINISTRATOR, {
          path,
          portfolio: call.option('portfolio') ?? suggestCollectionKey(basename(path)),
          dryRun: call.flag('dry-run'),
          readerLanguage: call.lang,
          ...(await savedMapping(call, operations)),
          ...languageOf(call),
        })
        failed ||= report.rejected > 0
        if (call.json) call.print(JSON.stringify(withPlaces(report, call.lang)))
        else sayReport(call, basename(path), report)
      }
      // Something was not stored: the caller must be able to see it without reading (exit code 2).
      return failed ? 2 : 0
    }),
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
function withPlaces({ problems, ...report }: ImportReport, lang: string) {
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

function sayReport(call: CliCall, file: string, report: ImportReport): void {
  const { problems, ...counts } = report
  const t = translatorFor(call.lang)
  call.say(t('imports.summary', { file, ...counts, runId: report.runId ?? '–' }))
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) call.say(`  ${problemText(t, problem)}`)
  if (problems.length > SHOWN_PROBLEMS) call.say(`  ${t('imports.more-problems', { count: problems.length - SHOWN_PROBLEMS })}`)
}

/** `sursur report build` and `sursur report check`: the report as a file, and whether each of its numerals has an origin. */
import { writeFileSync } from 'node:fs'
import { renderFile } from '../../documents/html/render-file.ts'
import { buildReport } from '../../documents/report/build-report.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { Problem } from '../../kernel/problems.ts'
import { checkReport, getReport, loadReportTemplate, readReportTemplate } from '../../modules/reporting/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import { type CliVerb, requireWord } from '../command.ts'
import { withProgram } from '../with-program.ts'

/** Exit code of what was not accepted (style section 6): something in the text has no origin. */
const NOT_ACCEPTED = 2

const reportCheckVerb: CliVerb = {
  name: 'report check',
  takes: 'KEY',
  meaning: 'Finds every numeral of a report that is neither bound to a number nor quoted with its source.',
  options: [
    {
      name: 'template',
      value: 'PATH',
      meaning: 'A template of your own instead: a folder, its template.json, or one file of texts (en.json).',
    },
  ],
  async run(call) {
    const key = requireWord(call, 0, 'KEY')
    const path = call.option('template')
    const check = checkReport(path === undefined ? loadReportTemplate(key) : readReportTemplate(path, key))
    const { numerals, bound, quoted, unbound } = check
    if (call.json) call.print(JSON.stringify(check))
    else {
      const t = translatorFor(call.lang)
      call.say(t('reporting.check.summary', { key: check.key, numerals, bound, quoted, unbound: unbound.length }))
      for (const { lang, place, text } of unbound) call.say(`  ${t('reporting.check.unbound-line', { lang, place, text })}`)
    }
    return unbound.length > 0 ? NOT_ACCEPTED : 0
  },
}

const FORMATS = ['html']

const reportBuildVerb: CliVerb = {
  name: 'report build',
  takes: 'KEY --out FILE',
  meaning: 'Builds a report as one file that needs nothing else and carries its definitions and rows.',
  options: [
    { name: 'format', value: 'FORMAT', meaning: 'html (default).' },
    { name: 'out', value: 'FILE', meaning: 'File to write.' },
  ],
  run: (call) =>
    withProgram(call, async ({ operations }) => {
      const key = requireWord(call, 0, 'KEY')
      const out = call.option('out')
      if (out === undefined) throw new Problem('cli.value-missing', { option: '--out', accepted: 'FILE' })
      const format = call.option('format') ?? 'html'
      if (!FORMATS.includes(format))
        throw new Problem('reporting.format-not-built', { found: format, accepted: FORMATS.join(', ') })
      const report = await operations.run(getReport, { key, lang: call.lang, withRows: true }, LOCAL_ADMINISTRATOR)
      const t = translatorFor(call.lang)
      const html = renderFile(buildReport(report, t))
      writeFileSync(out, html)
      const done = { file: out, bytes: Buffer.byteLength(html), numbers: Object.keys(report.numbers).length }
      if (call.json) call.print(JSON.stringify({ key, lang: call.lang, format, ...done, missing: report.missing }))
      else call.say(t('reporting.build.done', done))
      return 0
    }),
}

export const reportVerbs: readonly CliVerb[] = [reportBuildVerb, reportCheckVerb]

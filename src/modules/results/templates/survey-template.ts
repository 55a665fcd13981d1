/**
 * Survey templates that ship with the product (survey-templates/README.md): codes, types, conditions and rules in `template.json`, words in
 * `texts/<language>.json`. Read, they are whole instruments with texts in every language.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { listCodes } from '../../../codes/index.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { Problem } from '../../../kernel/problems.ts'
import { CheckSchema, ConditionSchema, type Instrument, InstrumentSchema, PrefillSchema } from '../questions/question.ts'
import { POPULATION_CLASSES, type PopulationClass } from '../surveys/survey.ts'

const FOLDER = join(PACKAGE_ROOT, 'survey-templates')

const Measures = {
  /** Codes; their labels are texts `<place>.option.<code>`. */
  options: z.array(z.string()).optional(),
  /** Or a code list of the program, with its names: `demandArea`. */
  list: z.string().optional(),
  required: z.boolean().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  decimals: z.number().int().optional(),
  unit: z.string().optional(),
  maxLength: z.number().int().optional(),
}

const Template = z.strictObject({
  key: z.string(),
  populationClass: z.enum(POPULATION_CLASSES),
  sections: z.array(
    z.strictObject({
      code: z.string(),
      questions: z.array(
        z.strictObject({
          code: z.string(),
          type: z.string(),
          ...Measures,
          /** Codes with texts `<place>.row.<code>`, or a code list; without them rows are added freely. */
          rows: z.union([z.array(z.string()), z.string()]).optional(),
          maxRows: z.number().int().optional(),
          columns: z.array(z.strictObject({ code: z.string(), type: z.string(), ...Measures })).optional(),
          showWhen: ConditionSchema.optional(),
          mapsTo: z.record(z.string(), z.string()).optional(),
          prefill: PrefillSchema.optional(),
        }),
      ),
    }),
  ),
  checks: z.array(CheckSchema).default([]),
})
type Template = z.output<typeof Template>
type Asked = Template['sections'][number]['questions'][number]

export interface SurveyTemplate {
  readonly key: string
  readonly title: LocalizedText
  readonly populationClass: PopulationClass
  readonly questions: Instrument
}

export function listSurveyTemplateKeys(): string[] {
  if (!existsSync(FOLDER)) return []
  return readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, 'template.json')))
    .sort()
}

/** Errors: Problem `results.template-missing` for a key that is no shipped template; a key is never taken as a path. */
export function loadSurveyTemplate(key: string): SurveyTemplate {
  const keys = listSurveyTemplateKeys()
  if (!keys.includes(key)) throw new Problem('results.template-missing', { found: key, accepted: keys.join(', ') || '–' })
  const file = join(FOLDER, key, 'template.json')
  const parsed = Template.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw notReadable(file, parsed.error)
  const texts = readTexts(join(FOLDER, key, 'texts'))
  const instrument = InstrumentSchema.safeParse(instrumentOf(parsed.data, texts))
  if (!instrument.success) throw notReadable(file, instrument.error)
  return { key, title: textOf(texts, 'title'), populationClass: parsed.data.populationClass, questions: instrument.data }
}

type Texts = ReadonlyMap<string, Readonly<Record<string, string>>>

function readTexts(folder: string): Texts {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(
    files.map((name) => {
      const file = join(folder, name)
      const parsed = z.record(z.string(), z.string()).safeParse(JSON.parse(readFileSync(file, 'utf8')))
      if (!parsed.success) throw notReadable(file, parsed.error)
      return [basename(name, '.json'), parsed.data] as const
    }),
  )
}

function instrumentOf({ sections, checks }: Template, texts: Texts): unknown {
  return {
    sections: sections.map(({ code }) => ({
      code,
      title: textOf(texts, `section.${code}`),
      ...optionalText(texts, `section.${code}.lead`, 'lead'),
    })),
    questions: sections.flatMap((section) =>
      section.questions.map((question) => ({ ...questionFrom(question, texts), section: section.code })),
    ),
    checks,
  }
}

function questionFrom(asked: Asked, texts: Texts): Record<string, unknown> {
  const { code, options, list, rows, maxRows, columns, ...rest } = asked
  const place = `question.${code}`
  return {
    ...rest,
    code,
    text: textOf(texts, place),
    ...optionalText(texts, `${place}.help`, 'help'),
    ...optionsFrom(place, { options, list }, texts),
    ...(columns === undefined
      ? {}
      : {
          matrix: {
            ...(rows === undefined ? {} : { rows: rowsFrom(place, rows, texts) }),
            ...(maxRows === undefined ? {} : { maxRows }),
            columns: columns.map(({ options: columnOptions, list: columnList, ...column }) => ({
              ...column,
              text: textOf(texts, `${place}.column.${column.code}`),
              ...optionsFrom(`${place}.column.${column.code}`, { options: columnOptions, list: columnList }, texts),
            })),
          },
        }),
  }
}

function rowsFrom(place: string, rows: string | readonly string[], texts: Texts): unknown[] {
  if (typeof rows === 'string') return codesAsOptions(rows)
  return rows.map((code) => ({ code, label: textOf(texts, `${place}.row.${code}`) }))
}

function optionsFrom(
  place: string,
  { options, list }: { readonly options: readonly string[] | undefined; readonly list: string | undefined },
  texts: Texts,
): Record<string, unknown> {
  if (list !== undefined) return { options: codesAsOptions(list) }
  if (options === undefined) return {}
  return { options: options.map((code) => ({ code, label: textOf(texts, `${place}.option.${code}`) })) }
}

function codesAsOptions(list: string): { readonly code: string; readonly label: LocalizedText }[] {
  return listCodes(list)
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ code, names }) => ({ code, label: { orig: 'en', texts: { ...names } } }))
}

/** English is the original; a language without the text has none, and the check of the instrument says so. */
function textOf(texts: Texts, key: string): LocalizedText {
  const found = [...texts].flatMap(([lang, words]) => (words[key] === undefined ? [] : [[lang, words[key]] as const]))
  return { orig: 'en', texts: Object.fromEntries(found) }
}

function optionalText(texts: Texts, key: string, name: string): Record<string, LocalizedText> {
  return [...texts.values()].some((words) => words[key] !== undefined) ? { [name]: textOf(texts, key) } : {}
}

function notReadable(file: string, error: z.ZodError): Problem {
  const [issue] = error.issues
  return new Problem('results.template-not-readable', {
    file,
    found: issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : '–',
  })
}

/**
 * A report as it is written: order and numbers in `template.json`, words in `texts/<language>.json` (report-templates/<key>/README.md).
 * What a template says is checked when it is read, so that the rest can rely on it.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { Problem } from '../../../kernel/problems.ts'
import { findFigureDefinition } from '../figures/figure-definitions.ts'
import '../problems.ts'

const FOLDER = join(PACKAGE_ROOT, 'report-templates')

const NumberEntry = z.union([
  z.object({
    figure: z.string(),
    portfolio: z.string(),
    part: z.enum(['value', 'numerator', 'denominator', 'confirmed']),
    /** Listed year; by default the newest of the portfolio. */
    year: z.number().int().optional(),
  }),
  z.object({ reported: z.string() }),
  z.object({ derived: z.enum(['difference', 'growth', 'ratio', 'points']), of: z.tuple([z.string(), z.string()]) }),
])
export type NumberEntry = z.output<typeof NumberEntry>

const Block = z.union([
  z.object({ type: z.literal('paragraph'), id: z.string(), footnotes: z.array(z.string()).optional() }),
  z.object({ type: z.literal('heading'), id: z.string() }),
  z.object({ type: z.literal('table'), table: z.enum(['headline-numbers', 'verdicts', 'recommendations']) }),
  z.object({ type: z.literal('figure'), figure: z.enum(['figure-i', 'figure-ii', 'figure-iii']) }),
])
export type TemplateBlock = z.output<typeof Block>

const Template = z.object({
  key: z.string(),
  title: z.string(),
  sourceDocument: z.string(),
  portfolios: z.array(z.string()),
  footnotes: z.array(z.string()),
  numbers: z.record(z.string(), NumberEntry),
  sections: z.array(z.object({ id: z.string(), number: z.string(), blocks: z.array(Block) })),
  recommendations: z.array(z.object({ para: z.number().int(), id: z.string(), addressees: z.array(z.string()) })).default([]),
})

export interface ReportTemplate extends z.output<typeof Template> {
  /** By language, then by key: `paragraph.intro-purpose`. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export function listReportKeys(): string[] {
  if (!existsSync(FOLDER)) return []
  return readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'template.json')))
}

/** Throws `reporting.template-missing` for a key that is no shipped report; a key is never taken as a path. */
export function loadReportTemplate(key: string): ReportTemplate {
  requireKey(key)
  return readFolder(join(FOLDER, key))
}

/**
 * A template of somebody's own: a folder, its `template.json`, or a single file of texts (`en.json`) that stands in for those of the
 * shipped report. For the command line, whose user may read the file anyway.
 */
export function readReportTemplate(path: string, key: string): ReportTemplate {
  if (!existsSync(path)) throw new Problem('reporting.template-not-readable', { file: path, found: '–' })
  if (statSync(path).isDirectory()) return readFolder(path)
  if (basename(path) === 'template.json') return readFolder(dirname(path))
  const shipped = loadReportTemplate(key)
  return { ...shipped, texts: { ...shipped.texts, [basename(path, '.json')]: readTexts(path) } }
}

export function textsOf(template: ReportTemplate, lang: string): Readonly<Record<string, string>> {
  const texts = template.texts[lang]
  if (texts) return texts
  throw new Problem('reporting.template-language-missing', { found: lang, accepted: Object.keys(template.texts).join(', ') })
}

function requireKey(key: string): void {
  const keys = listReportKeys()
  if (!keys.includes(key)) throw new Problem('reporting.template-missing', { found: key, accepted: keys.join(', ') || '–' })
}

function readFolder(folder: string): ReportTemplate {
  const file = join(folder, 'template.json')
  const parsed = Template.safeParse(readJson(file))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const found = issue === undefined ? '–' : `${issue.path.map(String).join('.')}: ${issue.message}`
    throw new Problem('reporting.template-not-readable', { file, found })
  }
  const texts: Record<string, Record<string, string>> = {}
  const textFolder = join(folder, 'texts')
  for (const name of existsSync(textFolder) ? readdirSync(textFolder).sort() : []) {
    if (name.endsWith('.json')) texts[basename(name, '.json')] = readTexts(join(textFolder, name))
  }
  refuseUnknownNumbers(parsed.data)
  return { ...parsed.data, texts }
}

function refuseUnknownNumbers({ numbers }: z.output<typeof Template>): void {
  for (const [number, entry] of Object.entries(numbers)) {
    if ('figure' in entry && !findFigureDefinition(entry.figure)) {
      throw new Problem('reporting.template-number-unknown', { number, found: entry.figure })
    }
    const missing = 'derived' in entry ? entry.of.find((part) => numbers[part] === undefined) : undefined
    if (missing !== undefined) throw new Problem('reporting.template-number-unknown', { number, found: missing })
  }
}

function readTexts(file: string): Record<string, string> {
  const parsed = z.record(z.string(), z.string()).safeParse(readJson(file))
  if (!parsed.success) {
    throw new Problem('reporting.template-not-readable', { file, found: parsed.error.issues[0]?.message ?? '–' })
  }
  return parsed.data
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Problem('reporting.template-not-readable', { file, found: error instanceof Error ? error.message : '–' })
  }
}

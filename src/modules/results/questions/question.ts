/**
 * Questions as data (domain 6.9): what is asked, in which order, under which condition. An instrument is one version of all questions
 * of a survey; it is stored whole and never changed. Texts are localised; codes are what answers, conditions and totals refer to.
 *
 * The shape of an answer by type:
 *   yes_no  true or false                    number  exact decimal as text, '12' or '0.5'
 *   choice  code of an option                money   {amount: decimal as text, currency: ISO 4217}
 *   multi   codes of options                 text    text
 *   matrix  [{row?: code, cells: {column: value}}], `row` where the rows are given
 *   file    [{name, digest?, address?}]: a kept file by its SHA-256, or where it is to be found
 */
import { z } from 'zod'
import { LocalizedTextSchema } from '../../directory/index.ts'

export const QUESTION_TYPES = ['yes_no', 'choice', 'multi', 'number', 'money', 'text', 'matrix', 'file'] as const
export type QuestionType = (typeof QUESTION_TYPES)[number]

export const CELL_TYPES = ['yes_no', 'choice', 'multi', 'number', 'money', 'text'] as const
export type CellType = (typeof CELL_TYPES)[number]

/** What a scorecard holds for an entity and year (domain 6.9). */
export const SCORECARD_ITEMS = [
  'strategy',
  'in_strategic_plan',
  'in_annual_report',
  'focal_point',
  'dedicated_unit',
  'budget_line',
  'evaluation_done',
  'supports_unossc_project',
  'good_practices_count',
  'guidelines_used',
] as const
export type ScorecardItem = (typeof SCORECARD_ITEMS)[number]

export const CONDITION_OPS = ['eq', 'ne', 'in', 'contains', 'gt', 'gte', 'lt', 'lte', 'answered', 'not_answered'] as const
export type ConditionOp = (typeof CONDITION_OPS)[number]

/** Codes stand in addresses, columns of workbooks and totals. */
export const QuestionCode = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/)
const DecimalText = z.string().regex(/^-?\d+(\.\d+)?$/)

/** `contains` is for `multi`; `gt` to `lte` for numbers; `in` takes a list of codes. A hidden question counts as not answered. */
export interface SimpleCondition {
  readonly question: string
  readonly op: ConditionOp
  readonly value?: boolean | string | readonly string[] | undefined
}
export type Condition = SimpleCondition | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] }

const SimpleConditionSchema = z.strictObject({
  question: z.string().max(60),
  op: z.enum(CONDITION_OPS),
  value: z.union([z.boolean(), z.string().max(200), z.array(z.string().max(200)).max(100)]).optional(),
})

/** Conditions joined by and (`all`) or by or (`any`). */
function joined<Inner extends z.ZodType>(inner: Inner) {
  const several = z.array(inner).min(1).max(20)
  return [z.strictObject({ all: several }), z.strictObject({ any: several })] as const
}

/** Two levels, an or of ands or an and of ors, say whatever can be said; deeper ones nobody reads, and no description can show. */
export const ConditionSchema: z.ZodType<Condition> = z.union([
  ...joined(z.union([...joined(SimpleConditionSchema), SimpleConditionSchema])),
  SimpleConditionSchema,
])

/** As code lists spell them, countries too. */
const OptionCode = z.string().regex(/^[A-Za-z0-9][\w.-]{0,59}$/)

const OptionSchema = z.object({ code: OptionCode, label: LocalizedTextSchema })
export type QuestionOption = z.output<typeof OptionSchema>

/** What questions and columns of a matrix have in common. */
const MEASURES = {
  options: z.array(OptionSchema).max(300).optional(),
  required: z.boolean().default(false),
  /** Ends included; of a money answer the amount. */
  min: DecimalText.optional(),
  max: DecimalText.optional(),
  /** Digits after the point that a number may have; by default none. Money may always have its own. */
  decimals: z.number().int().min(0).max(6).optional(),
  /** Code of what a number counts: `initiatives`, `percent`. */
  unit: z.string().max(40).optional(),
  /** Longest text, in characters. */
  maxLength: z.number().int().min(1).max(20_000).optional(),
}

const ColumnSchema = z.object({ code: QuestionCode, type: z.enum(CELL_TYPES), text: LocalizedTextSchema, ...MEASURES })
export type MatrixColumn = z.output<typeof ColumnSchema>

const MatrixSchema = z.object({
  /** Given rows; without them the respondent adds as many as are needed. */
  rows: z.array(OptionSchema).max(300).optional(),
  maxRows: z.number().int().min(1).max(2_000).optional(),
  columns: z.array(ColumnSchema).min(1).max(40),
})

/** Which named query proposes the answer, and with which parameters; the README of the module lists them. */
export const PrefillSchema = z.object({
  query: z.string().min(1).max(100),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({}),
})

export const QuestionSchema = z.object({
  code: QuestionCode,
  section: z.string().max(60).optional(),
  type: z.enum(QUESTION_TYPES),
  text: LocalizedTextSchema,
  help: LocalizedTextSchema.optional(),
  ...MEASURES,
  matrix: MatrixSchema.optional(),
  showWhen: ConditionSchema.optional(),
  mapsTo: z
    .union([z.strictObject({ scorecardItem: z.string().max(60) }), z.strictObject({ indicator: z.string().max(100) })])
    .optional(),
  prefill: PrefillSchema.optional(),
})
export type Question = z.output<typeof QuestionSchema>

/**
 * A rule over several answers, judged when the return is submitted. A term is the code of a number or money question, or
 * `question.column` for the sum of a column of a matrix. Terms without an answer leave the rule unjudged.
 *   sum_equals   the parts add up to the total
 *   sum_at_most  the parts add up to no more than the total
 *   at_most      the first part is no more than the total
 */
export const CheckSchema = z.object({
  code: QuestionCode,
  kind: z.enum(['sum_equals', 'sum_at_most', 'at_most']),
  parts: z.array(z.string().max(121)).min(1).max(50),
  total: z.string().max(121),
})
export type InstrumentCheck = z.output<typeof CheckSchema>

export const SectionSchema = z.object({ code: QuestionCode, title: LocalizedTextSchema, lead: LocalizedTextSchema.optional() })

export const InstrumentSchema = z.object({
  sections: z.array(SectionSchema).max(60).default([]),
  questions: z.array(QuestionSchema).max(500),
  checks: z.array(CheckSchema).max(100).default([]),
})
export type Instrument = z.output<typeof InstrumentSchema>

/** Values by question code, as stored. */
export type Answers = Readonly<Record<string, unknown>>

export interface MatrixRow {
  readonly row?: string
  readonly cells: Readonly<Record<string, unknown>>
}

export interface MoneyAnswer {
  readonly amount: string
  readonly currency: string
}

export interface FileAnswer {
  readonly name: string
  /** SHA-256 of a file that the program keeps. */
  readonly digest?: string
  readonly address?: string
}

/** An empty text and an empty list are no answer; `false` and '0' are. */
export function isAnswered(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string') return value.trim() !== ''
  return !Array.isArray(value) || value.length > 0
}

export function questionOf(instrument: Instrument, code: string): Question | undefined {
  return instrument.questions.find((question) => question.code === code)
}

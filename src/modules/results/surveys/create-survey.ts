/** A new survey in draft, with its questions from a shipped template, from another survey or written for it. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { newId } from '../../../kernel/ids.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { findOrg, LocalizedTextSchema } from '../../directory/index.ts'
import { type Instrument, InstrumentSchema } from '../questions/index.ts'
import { loadSurveyTemplate } from '../templates/survey-template.ts'
import { getInstrument, insertInstrument, requireGoodInstrument } from './instruments.ts'
import { ANONYMITIES, getSurveyRow, POPULATION_CLASSES, type Survey, surveyRef } from './survey.ts'

const Day = z.iso.date()

/** What `create-survey` and `revise-survey` share. */
export const SurveyFields = {
  title: LocalizedTextSchema,
  ownerOrg: z.string().nullable(),
  year: z.number().int().min(1900).max(2200),
  opensOn: Day.nullable(),
  closesOn: Day.nullable(),
  anonymity: z.enum(ANONYMITIES),
  /** Id or key of the survey that asked the same a year before. */
  predecessor: z.string().nullable(),
  needsValidation: z.boolean(),
}

export const createSurvey = defineCommand({
  name: 'results.create-survey',
  permission: 'results.survey.create',
  input: z.object({
    /** Short name in addresses: `entities-2014`. */
    key: z.string().max(60),
    /** By default those of the template. */
    title: SurveyFields.title.optional(),
    populationClass: z.enum(POPULATION_CLASSES).optional(),
    year: SurveyFields.year,
    ownerOrg: SurveyFields.ownerOrg.default(null),
    opensOn: SurveyFields.opensOn.default(null),
    closesOn: SurveyFields.closesOn.default(null),
    anonymity: SurveyFields.anonymity.default('named'),
    predecessor: SurveyFields.predecessor.default(null),
    needsValidation: SurveyFields.needsValidation.default(false),
    /** One of the shipped templates; or another survey, whose newest questions are taken; or the questions themselves. */
    template: z.string().optional(),
    questionsOf: z.string().optional(),
    questions: InstrumentSchema.optional(),
  }),
  async run(context, input): Promise<Survey> {
    const { whole, clock, actor, changed } = context
    if (!/^[a-z0-9][a-z0-9._-]*$/.test(input.key)) {
      throw new Problem('results.survey-key-not-accepted', { found: input.key }, { place: { field: 'key' } })
    }
    if (await whole.maybe(sql`select 1 from surveys where key = ${input.key}`)) {
      throw new Problem('results.survey-exists', { key: input.key }, { place: { field: 'key' } })
    }
    const start = await startOf(context, input)
    requireGoodInstrument(start.questions)
    const at = clock.now().toISOString()
    const survey: Survey = {
      id: newId(),
      key: input.key,
      title: start.title,
      ownerOrg: await ownerIdOf(context, input.ownerOrg),
      year: input.year,
      populationClass: start.populationClass,
      state: 'draft',
      opensOn: input.opensOn,
      closesOn: input.closesOn,
      anonymity: input.anonymity,
      templateKey: input.template ?? null,
      predecessorId: input.predecessor === null ? null : (await getSurveyRow(whole, input.predecessor)).id,
      needsValidation: input.needsValidation,
      instrumentVersion: 1,
      stateReason: null,
      version: 1,
      createdAt: at,
      createdBy: actor.id,
      updatedAt: at,
      updatedBy: actor.id,
    }
    requireOrderOfDates(survey)
    await whole.run(sql`
      insert into surveys (id, key, title, owner_org, year, population_class, state, opens_on, closes_on, anonymity, template_key,
                           predecessor_id, needs_validation, instrument_version, version, created_at, created_by, updated_at, updated_by)
      values (${survey.id}, ${survey.key}, ${JSON.stringify(survey.title)}::jsonb, ${survey.ownerOrg}, ${survey.year},
              ${survey.populationClass}, 'draft', ${survey.opensOn}::date, ${survey.closesOn}::date, ${survey.anonymity},
              ${survey.templateKey}, ${survey.predecessorId}, ${survey.needsValidation}, 1, 1, ${at}, ${actor.id}, ${at}, ${actor.id})
    `)
    await insertInstrument(context, { surveyId: survey.id, version: 1, questions: start.questions, note: null })
    changed({ ref: surveyRef(survey.id), action: 'created', version: 1, after: survey })
    return survey
  },
})

interface Start {
  readonly title: LocalizedText
  readonly populationClass: Survey['populationClass']
  readonly questions: Instrument
}

async function startOf(
  { whole }: Pick<CommandContext, 'whole'>,
  { template, questionsOf, questions, title, populationClass }: z.output<typeof createSurvey.input>,
): Promise<Start> {
  if (questions !== undefined) {
    if (!title) throw new Problem('results.questions-missing', {}, { place: { field: 'title' } })
    return { title, populationClass: populationClass ?? 'other', questions }
  }
  if (template !== undefined) {
    const loaded = loadSurveyTemplate(template)
    return {
      title: title ?? loaded.title,
      populationClass: populationClass ?? loaded.populationClass,
      questions: loaded.questions,
    }
  }
  if (questionsOf === undefined) throw new Problem('results.questions-missing', {}, { place: { field: 'questions' } })
  const other = await getSurveyRow(whole, questionsOf)
  const instrument = await getInstrument(whole, other.id, other.instrumentVersion)
  return {
    title: title ?? other.title,
    populationClass: populationClass ?? other.populationClass,
    questions: instrument.questions,
  }
}

/** Id of the organisation that asks, given by id or key. */
export async function ownerIdOf({ whole }: Pick<CommandContext, 'whole'>, ownerOrg: string | null): Promise<string | null> {
  if (ownerOrg === null) return null
  const org = await findOrg(whole, ownerOrg)
  if (!org) throw new Problem('results.owner-missing', { org: ownerOrg }, { place: { field: 'ownerOrg' } })
  return org.id
}

export function requireOrderOfDates({ opensOn, closesOn }: Pick<Survey, 'opensOn' | 'closesOn'>): void {
  if (opensOn === null || closesOn === null || opensOn <= closesOn) return
  throw new Problem('results.dates-reversed', { opens: opensOn, closes: closesOn }, { place: { field: 'closesOn' } })
}

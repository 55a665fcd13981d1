/** Surveys, newest year first: published ones, and those to which the actor was invited; the secretariat sees all. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery } from '../../../operations/index.ts'
import { POPULATION_CLASSES, SURVEY_COLUMNS, SURVEY_STATES, type Survey, visibleSurveys } from './survey.ts'

export const listSurveys = defineQuery({
  name: 'results.list-surveys',
  permission: 'results.survey.read',
  input: z.object({
    state: z.array(z.enum(SURVEY_STATES)).optional(),
    year: z.number().int().optional(),
    populationClass: z.enum(POPULATION_CLASSES).optional(),
    limit: z.number().int().min(1).max(500).default(100),
  }),
  run: ({ db, sight }, { state, year, populationClass, limit }): Promise<Survey[]> =>
    db.many<Survey>(sql`
      select ${SURVEY_COLUMNS}
      from surveys as s
      where ${visibleSurveys(sight)}
        and (${state ?? null}::text[] is null or s.state = any(${state ?? null}::text[]))
        and (${year ?? null}::integer is null or s.year = ${year ?? null})
        and (${populationClass ?? null}::text is null or s.population_class = ${populationClass ?? null})
      order by s.year desc, s.id desc
      limit ${limit}
    `),
})

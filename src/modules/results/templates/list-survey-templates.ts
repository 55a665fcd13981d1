/** The templates that ship with the product, for whoever makes a survey. */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { listSurveyTemplateKeys, loadSurveyTemplate, type SurveyTemplate } from './survey-template.ts'

export const listSurveyTemplates = defineQuery({
  name: 'results.list-survey-templates',
  permission: 'results.survey.create',
  input: z.object({}),
  run: async (): Promise<SurveyTemplate[]> => listSurveyTemplateKeys().map(loadSurveyTemplate),
})

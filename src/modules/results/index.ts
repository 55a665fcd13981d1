/** The door of results: surveys, their questions and the returns. Everything that other rooms may use. */
import { listAnswerHistory } from './answers/list-answer-history.ts'
import { saveAnswers } from './answers/save-answers.ts'
import { compareAnswers } from './counts/compare-answers.ts'
import { countAnswers } from './counts/count-answers.ts'
import { getResponseRate } from './counts/response-rate.ts'
import './problems.ts'
import { listProposals } from './proposals/list-proposals.ts'
import { recordProposals } from './proposals/record-proposals.ts'
import { refuseProposal } from './proposals/refuse-proposal.ts'
import { listContacts, logContact } from './responses/contacts.ts'
import { declineResponse } from './responses/decline-response.ts'
import { delegateResponse } from './responses/delegate-response.ts'
import { getResponse } from './responses/get-response.ts'
import { inviteResponses } from './responses/invite-responses.ts'
import { listResponses } from './responses/list-responses.ts'
import { markScope } from './responses/mark-scope.ts'
import { openResponse } from './responses/open-response.ts'
import { returnResponse } from './responses/return-response.ts'
import { reviseResponse } from './responses/revise-response.ts'
import { setPopulation } from './responses/set-population.ts'
import { submitResponse } from './responses/submit-response.ts'
import { validateResponse } from './responses/validate-response.ts'
import { withdrawResponse } from './responses/withdraw-response.ts'
import { createSurvey } from './surveys/create-survey.ts'
import { getSurvey } from './surveys/get-survey.ts'
import { listSurveys } from './surveys/list-surveys.ts'
import { moveSurvey } from './surveys/move-survey.ts'
import { reviseInstrument } from './surveys/revise-instrument.ts'
import { reviseSurvey } from './surveys/revise-survey.ts'
import { listSurveyTemplates } from './templates/list-survey-templates.ts'

export { ANSWER_ORIGINS, type Answer, type AnswerOrigin, type Evidence, type KeptAnswer, valuesOf } from './answers/answer.ts'
export { listAnswerHistory } from './answers/list-answer-history.ts'
export { type AnswerConflict, type SavedAnswers, type SaveOutcome, saveAnswers } from './answers/save-answers.ts'
export { type Change, type ComparedAnswers, compareAnswers } from './counts/compare-answers.ts'
export {
  type AnswerCounts,
  countAnswers,
  type NumberSummary,
  type QuestionCount,
  type ValueCount,
} from './counts/count-answers.ts'
export { type Respondent, type Share, shareOf } from './counts/respondents.ts'
export { getResponseRate, type ResponseRate } from './counts/response-rate.ts'
export { listProposals } from './proposals/list-proposals.ts'
export { type AnswerProposal, PROPOSAL_SOURCES, type ProposalOutcome, type ProposalSource } from './proposals/proposal.ts'
export { type RecordedProposals, recordProposals } from './proposals/record-proposals.ts'
export { refuseProposal } from './proposals/refuse-proposal.ts'
export * from './questions/index.ts'
export { CONTACT_WAYS, type ContactWay, listContacts, logContact, type ResponseContact } from './responses/contacts.ts'
export { declineResponse } from './responses/decline-response.ts'
export { delegateResponse, type ResponsePerson } from './responses/delegate-response.ts'
export { getResponse, type ResponseView } from './responses/get-response.ts'
export { inviteResponses } from './responses/invite-responses.ts'
export { type ListedResponse, listResponses, type ResponsePage } from './responses/list-responses.ts'
export { markScope } from './responses/mark-scope.ts'
export { type OpenedResponse, openResponse } from './responses/open-response.ts'
export {
  isOfItsSide,
  RESPONSE_ROLES,
  RESPONSE_STATES,
  type ResponseRole,
  type ResponseState,
  SUBMITTED,
  type SurveyResponse,
  UNDERWAY,
} from './responses/response.ts'
export { returnResponse } from './responses/return-response.ts'
export { reviseResponse } from './responses/revise-response.ts'
export { type PopulationChange, setPopulation } from './responses/set-population.ts'
export { type Receipt, submitResponse } from './responses/submit-response.ts'
export { validateResponse } from './responses/validate-response.ts'
export { withdrawResponse } from './responses/withdraw-response.ts'
export { createSurvey } from './surveys/create-survey.ts'
export { getSurvey, type SurveyView } from './surveys/get-survey.ts'
export type { InstrumentVersion, ListedInstrument } from './surveys/instruments.ts'
export { listSurveys } from './surveys/list-surveys.ts'
export { moveSurvey } from './surveys/move-survey.ts'
export { type RevisedInstrument, reviseInstrument } from './surveys/revise-instrument.ts'
export { reviseSurvey } from './surveys/revise-survey.ts'
export {
  ANONYMITIES,
  type Anonymity,
  movesOfSurvey,
  POPULATION_CLASSES,
  type PopulationClass,
  RUNNING,
  SURVEY_STATES,
  type Survey,
  type SurveyState,
} from './surveys/survey.ts'
export { listSurveyTemplates } from './templates/list-survey-templates.ts'
export { listSurveyTemplateKeys, loadSurveyTemplate, type SurveyTemplate } from './templates/survey-template.ts'

/** All operations of this module; the API, the command line and the reference pages are made from the list. */
export const resultsOperations = [
  listSurveyTemplates,
  createSurvey,
  reviseSurvey,
  reviseInstrument,
  moveSurvey,
  listSurveys,
  getSurvey,
  setPopulation,
  markScope,
  reviseResponse,
  inviteResponses,
  listResponses,
  getResponse,
  openResponse,
  saveAnswers,
  listAnswerHistory,
  submitResponse,
  withdrawResponse,
  declineResponse,
  validateResponse,
  returnResponse,
  delegateResponse,
  logContact,
  listContacts,
  recordProposals,
  refuseProposal,
  listProposals,
  getResponseRate,
  countAnswers,
  compareAnswers,
] as const

/** Questions as data, and the pure rules over them. */
export { type CarriedOver, type ChangedQuestion, carryOver, type DroppedAnswer, differingParts } from './carry-over.ts'
export { checkAnswer } from './check-answer.ts'
export { checkInstrument } from './check-instrument.ts'
export { checkResponse } from './check-response.ts'
export {
  type Answers,
  type CellType,
  type Condition,
  type FileAnswer,
  type Instrument,
  type InstrumentCheck,
  InstrumentSchema,
  isAnswered,
  type MatrixColumn,
  type MatrixRow,
  type MoneyAnswer,
  QUESTION_TYPES,
  type Question,
  type QuestionOption,
  type QuestionType,
  questionOf,
  SCORECARD_ITEMS,
  type ScorecardItem,
} from './question.ts'
export { countedAnswers, visibleQuestions } from './visible-questions.ts'

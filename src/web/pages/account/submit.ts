/** A form that was sent: does it, or shows the page again with what was not accepted at its field. */
import { problemText } from '../../../i18n/problem-text.ts'
import { type HttpResponse, statusOfProblem } from '../../../kernel/http.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import type { FormError } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'

/** What a form shows again: never a password. */
export interface Typed {
  readonly errors: readonly FormError[]
  readonly status: number
}

export const NOTHING_TYPED: Typed = { errors: [], status: 200 }

type Answer = PageContent | HttpResponse

export async function submit(
  { t }: PageRequest,
  work: () => Promise<Answer>,
  again: (typed: Typed) => Promise<Answer>,
  /** The field of the form for a place in the input. */
  fieldOf: (place: string) => string | undefined = (place) => place.split('.')[0],
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'operations.permission-lacking') throw error
    const said = error.details.length > 0 ? error.details : [error]
    const errors = said.map((one) => {
      const field = one.place?.field === undefined ? undefined : fieldOf(one.place.field)
      return { message: messageOf(t, one, field), ...(field === undefined ? {} : { field }) }
    })
    return again({ errors, status: statusOfProblem(error) })
  }
}

/** The fields of people and addresses have sentences of their own: what a pattern accepts says little to a person. */
function messageOf(t: PageRequest['t'], problem: Problem | ProblemReport, field: string | undefined): string {
  const key = `accounts.wrong.${field ?? ''}`
  return problem.code === 'operations.field-not-accepted' && t.has(key) ? t(key) : problemText(t, problem)
}

export function errorOf({ errors }: Typed, field: string): string | undefined {
  return errors.find((one) => one.field === field)?.message
}

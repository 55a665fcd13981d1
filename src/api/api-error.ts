/** What went wrong, as application/problem+json (RFC 9457) in the caller's language. */
import { listLanguages, preferredLanguage } from '../i18n/languages.ts'
import { problemText } from '../i18n/problem-text.ts'
import { type Translator, translatorFor } from '../i18n/translator.ts'
import type { HttpRequest, HttpResponse } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import { apiHeadersOf, apiStatusOf } from './status-of-problem.ts'

export function apiError(error: unknown, request: HttpRequest, reference: string): HttpResponse {
  const t = translatorFor(preferredLanguage(request.header('accept-language'), listLanguages()))
  const problem = error instanceof Problem ? error : undefined
  const body = {
    ...(problem ? describeProblem(t, problem) : describeFault(t, reference)),
    ...(request.id === undefined ? {} : { instance: `urn:uuid:${request.id}`, requestId: request.id }),
  }
  return {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': t.lang,
      'cache-control': 'no-store',
      vary: 'Accept-Language',
      ...(problem ? apiHeadersOf(problem) : {}),
    },
    body: JSON.stringify(body),
  }
}

function describeFault(t: Translator, reference: string) {
  return {
    type: 'about:blank',
    title: t('site.error.fault'),
    status: 500,
    detail: t('site.error.fault-text', { reference }),
    reference,
  }
}

function describeProblem(t: Translator, problem: Problem) {
  const errors = problem.details.map((detail) => ({
    code: detail.code,
    params: detail.params,
    place: detail.place,
    detail: problemText(t, detail),
  }))
  return {
    type: `urn:sursur:problem:${problem.code}`,
    title: t(`site.error.${problem.kind}`),
    status: apiStatusOf(problem),
    detail: problemText(t, problem),
    code: problem.code,
    params: problem.params,
    ...(problem.place === undefined ? {} : { place: problem.place }),
    ...(errors.length > 0 ? { errors } : {}),
  }
}

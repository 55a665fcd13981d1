/** What went wrong, as application/problem+json (RFC 9457) in the caller's language. */
import { listLanguages, preferredLanguage } from '../i18n/languages.ts'
import { problemText } from '../i18n/problem-text.ts'
import { translatorFor } from '../i18n/translator.ts'
import { type HttpRequest, type HttpResponse, statusOfProblem } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'

export function apiError(error: unknown, request: HttpRequest, reference: string): HttpResponse {
  const t = translatorFor(preferredLanguage(request.header('accept-language'), listLanguages()))
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': t.lang,
    'cache-control': 'no-store',
  }
  if (!(error instanceof Problem)) {
    const body = {
      type: 'about:blank',
      title: t('site.error.fault'),
      status: 500,
      detail: t('site.error.fault-text', { reference }),
      reference,
    }
    return { status: 500, headers, body: JSON.stringify(body) }
  }
  const status = statusOfProblem(error)
  const body = {
    type: `urn:sursur:problem:${error.code}`,
    title: t(`site.error.${error.kind}`),
    status,
    detail: problemText(t, error),
    code: error.code,
    params: error.params,
    ...(error.details.length > 0
      ? {
          errors: error.details.map((detail) => ({
            code: detail.code,
            params: detail.params,
            place: detail.place,
            detail: problemText(t, detail),
          })),
        }
      : {}),
  }
  return { status, headers, body: JSON.stringify(body) }
}

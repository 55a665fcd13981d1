/** The page that says what went wrong, in the reader's language; a fault gets a reference number that stands in the log too. */
import { problemText } from '../i18n/problem-text.ts'
import type { Translator } from '../i18n/translator.ts'
import { ownPath, statusOfProblem } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import { PERMISSIONS } from '../modules/access/index.ts'
import { Notice, Page } from './components/index.ts'
import type { PageContent, PageRequest } from './site.tsx'

export function problemContent(request: PageRequest, error: unknown, reference: string): PageContent {
  const { t, at } = request
  const problem = error instanceof Problem ? inWords(t, error) : undefined
  const back = pageBefore(request)
  const title = t(`site.error.${problem?.kind ?? 'fault'}`)
  return {
    title,
    status: problem ? statusOfProblem(problem) : 500,
    noIndex: true,
    body: (
      <Page title={title}>
        <Notice kind="bad" title={problem ? problemText(t, problem) : t('site.error.fault-text', { reference })}>
          {(problem?.details ?? []).length > 0 && (
            <ul>
              {problem?.details.map((detail) => (
                <li key={`${detail.code} ${detail.place?.field ?? ''}`}>{problemText(t, detail)}</li>
              ))}
            </ul>
          )}
          {back !== undefined && (
            <p>
              <a href={back}>{t('site.error.back')}</a>
            </p>
          )}
          <p>
            <a href={at('/')}>{t('site.error.home')}</a>
          </p>
        </Notice>
      </Page>
    ),
  }
}

/** A permission by its meaning, as the table of rights says it; its code is for programs. */
function inWords(t: Translator, problem: Problem): Problem {
  const meaning = PERMISSIONS[String(problem.params.permission ?? '')]
  if (meaning === undefined) return problem
  const object = t('components.label', { label: t(`permissions.object.${meaning.object}`) })
  const words = `${object} ${t(`permissions.right.${meaning.right}`)}`
  return new Problem(problem.code, { ...problem.params, permission: words }, { details: problem.details, cause: problem })
}

/** The page of ours from which somebody came, so that a refusal is no dead end. */
function pageBefore({ header, path }: PageRequest): string | undefined {
  const referer = header('referer')
  if (referer === undefined || !URL.canParse(referer)) return undefined
  const { host, pathname, search } = new URL(referer)
  const before = host === header('host') ? ownPath(`${pathname}${search}`) : undefined
  return before === undefined || pathname === path ? undefined : before
}

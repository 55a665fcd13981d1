/** The page that says what went wrong, in the reader's language; a fault gets a reference number that stands in the log too. */
import { problemText } from '../i18n/problem-text.ts'
import { statusOfProblem } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import { Notice, Page } from './components/index.ts'
import type { PageContent, PageRequest } from './site.tsx'

export function problemContent({ t, at }: Pick<PageRequest, 't' | 'at'>, error: unknown, reference: string): PageContent {
  const problem = error instanceof Problem ? error : undefined
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
          <p>
            <a href={at('/')}>{t('site.error.home')}</a>
          </p>
        </Notice>
      </Page>
    ),
  }
}

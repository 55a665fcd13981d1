/** Decides all open questions of a run at once, after a question. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { listImportConflicts, settleImportConflict } from '../../../../modules/registry/index.ts'
import { Button, ButtonLink, ButtonRow, Form, Notice, Page, TextArea } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { questionsAddress } from './questions-page.tsx'

/** Read at once; what is decided leaves the list of open ones. */
const AT_ONCE = 200

type Decision = 'ours' | 'theirs'

function decisionIn(fields: URLSearchParams): Decision {
  return fields.get('decision') === 'theirs' ? 'theirs' : 'ours'
}

export function settleAllPage(request: PageRequest): Promise<PageContent> {
  return question(request, request.query.get('run') ?? '', decisionIn(request.query))
}

async function question(
  request: PageRequest,
  runId: string,
  decision: Decision,
  refused?: { readonly problem: Problem; readonly decided: number },
): Promise<PageContent> {
  const { t, at, context, actor } = request
  const { total, rows } = await context.operations.run(listImportConflicts, { runId, limit: 1 }, actor)
  const title = t(`published.questions.all-${decision}`)
  const back = questionsAddress(at, { runId })
  return {
    title,
    place: 'imports',
    noIndex: true,
    ...(refused ? { status: 409 } : {}),
    body: (
      <Page
        title={title}
        kicker={rows[0]?.fileName}
        trail={[
          { label: t('imports.title'), href: at('/imports') },
          { label: t('published.questions.title'), href: back },
        ]}
        lead={<p>{t(`published.questions.confirm-${decision}`, { count: total, shown: t.number(total) })}</p>}
      >
        {refused && (
          <Notice kind="bad" live title={problemText(t, refused.problem)}>
            <p>{t('published.questions.decided-before', { count: refused.decided, shown: t.number(refused.decided) })}</p>
          </Notice>
        )}
        <Form action={at('/imports/questions/all')} label={title} hidden={{ run: runId, decision }}>
          <TextArea name="reason" label={t('imports.undo.reason')} value={request.form.get('reason') ?? ''} optional rows={3} />
          <ButtonRow>
            {total > 0 && <Button>{title}</Button>}
            <ButtonLink href={back} kind="secondary">
              {t('published.questions.back')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

/** One after another, each with its own version and event; what was decided before a refusal stays decided. */
export async function settleAll(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { at, context, actor, form } = request
  const runId = form.get('run') ?? ''
  const decision = decisionIn(form)
  const reason = (form.get('reason') ?? '').trim().slice(0, 2000)
  let decided = 0
  for (;;) {
    const { rows } = await context.operations.run(listImportConflicts, { runId, limit: AT_ONCE }, actor)
    if (rows.length === 0) break
    for (const { id } of rows) {
      try {
        await context.operations.run(settleImportConflict, { id, decision, ...(reason === '' ? {} : { reason }) }, actor)
      } catch (error) {
        if (!(error instanceof Problem) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
        // Somebody else was quicker: then it is decided.
        if (error.code !== 'registry.conflict-decided') return question(request, runId, decision, { problem: error, decided })
      }
      decided += 1
    }
  }
  return seeOther(`${questionsAddress(at, { runId })}&done=${decided}`)
}

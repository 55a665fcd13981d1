/** Fields that a person and a publisher's file say differently: both values with their dates, for somebody to decide. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { type ImportConflict, listImportConflicts, settleImportConflict } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  DownloadLinks,
  EmptyState,
  Notice,
  NotStated,
  Page,
  Pagination,
  Panel,
} from '../../../components/index.ts'
import { listFileLinks } from '../../../list-files.ts'
import { withNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { factName } from '../../initiatives/fact-text.ts'
import { readOffset } from '../validity/filter.ts'
import { isolated } from '../words.ts'
import { type FieldTexts, fieldTexts, type SideText } from './field-texts.ts'

const PER_PAGE = 20

interface Narrowing {
  readonly runId?: string
  readonly initiativeId?: string
}

export function narrowingOf(query: URLSearchParams): Narrowing {
  const runId = query.get('run') ?? undefined
  const initiativeId = query.get('initiative') ?? undefined
  return { ...(runId === undefined ? {} : { runId }), ...(initiativeId === undefined ? {} : { initiativeId }) }
}

export function questionsAddress(at: PageRequest['at'], { runId, initiativeId }: Narrowing, from = 0): string {
  const query = new URLSearchParams({
    ...(runId === undefined ? {} : { run: runId }),
    ...(initiativeId === undefined ? {} : { initiative: initiativeId }),
    ...(from > 0 ? { from: String(from) } : {}),
  }).toString()
  return `${at('/imports/questions')}${query === '' ? '' : `?${query}`}`
}

export async function questionsPage(request: PageRequest, refused?: Problem): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const narrowing = narrowingOf(query)
  const from = readOffset(query)
  const { rows, total } = await context.operations.run(
    listImportConflicts,
    { ...narrowing, limit: PER_PAGE, offset: from },
    actor,
  )
  const texts = new Map<string, FieldTexts>()
  for (const row of rows) texts.set(row.id, await fieldTexts(request, row))
  const title = t('published.questions.title')
  const [example] = rows
  const ofRun = narrowing.runId !== undefined && example ? example.fileName : undefined
  return {
    title,
    place: 'imports',
    noIndex: true,
    ...(refused ? { status: 409 } : {}),
    body: (
      <Page
        title={title}
        trail={[
          { label: t('imports.title'), href: at('/imports') },
          ...(ofRun === undefined ? [] : [{ label: ofRun, href: at(`/imports/${narrowing.runId}`) }]),
        ]}
        lead={t('published.questions.lead')}
      >
        {refused && <Notice kind="bad" live title={problemText(t, refused)} />}
        {query.get('done') !== null && (
          <Notice
            kind="good"
            live
            title={t('published.questions.done', {
              count: Number(query.get('done')) || 0,
              shown: t.number(Number(query.get('done')) || 0),
            })}
          />
        )}
        {total === 0 && <EmptyState title={t('published.questions.none')} />}
        {narrowing.runId !== undefined && total > 1 && <AllOfRun request={request} runId={narrowing.runId} total={total} />}
        {rows.map((row) => (
          <Question key={row.id} request={request} conflict={row} texts={texts.get(row.id)} />
        ))}
        {total > 0 && (
          <DownloadLinks label={t('published.publishers.download')} links={listFileLinks(request, '/imports/questions', total)} />
        )}
        {total > 0 && (
          <Pagination
            shown={rows.length}
            total={total}
            from={from + 1}
            previousHref={from > 0 ? questionsAddress(at, narrowing, Math.max(0, from - PER_PAGE)) : undefined}
            nextHref={from + rows.length < total ? questionsAddress(at, narrowing, from + rows.length) : undefined}
          />
        )}
      </Page>
    ),
  }
}

interface AllProps {
  readonly request: PageRequest
  readonly runId: string
  readonly total: number
}

function AllOfRun({ request: { t, at }, runId, total }: AllProps) {
  const hrefOf = (decision: string) => `${at('/imports/questions/all')}?${new URLSearchParams({ run: runId, decision })}`
  return (
    <Panel title={t('published.questions.all-title', { count: total, shown: t.number(total) })}>
      <ButtonRow>
        <ButtonLink href={hrefOf('ours')} kind="secondary">
          {t('published.questions.all-ours')}
        </ButtonLink>
        <ButtonLink href={hrefOf('theirs')} kind="secondary">
          {t('published.questions.all-theirs')}
        </ButtonLink>
      </ButtonRow>
    </Panel>
  )
}

interface QuestionProps {
  readonly request: PageRequest
  readonly conflict: ImportConflict
  readonly texts: FieldTexts | undefined
}

function Question({ request, conflict, texts }: QuestionProps) {
  const { t, at, query } = request
  const name = conflict.title ?? conflict.identifier ?? conflict.initiativeId
  const field = factName(t, conflict.section)
  return (
    <Panel title={t('published.questions.of', { field, initiative: isolated(name) })}>
      <p>
        <a href={at(`/initiatives/${conflict.initiativeId}`)}>
          <bdi>{name}</bdi>
        </a>
        {conflict.identifier !== null && (
          <span class="muted">
            {' '}
            <bdi dir="ltr">{conflict.identifier}</bdi>
          </span>
        )}
      </p>
      <dl class="summary summary-lines">
        <div>
          <dt>{t('published.questions.ours', { when: t.instant(conflict.oursAt) })}</dt>
          <dd>
            <Side request={request} side={texts?.ours} />
          </dd>
        </div>
        <div>
          <dt>
            {conflict.theirsAt === null
              ? t('published.questions.theirs-undated', { file: isolated(conflict.fileName) })
              : t('published.questions.theirs', { file: isolated(conflict.fileName), when: t.instant(conflict.theirsAt) })}
          </dt>
          <dd>
            <Side request={request} side={texts?.theirs} />
          </dd>
        </div>
      </dl>
      <form method="post" action={questionsAddress(at, narrowingOf(query), readOffset(query))}>
        <input type="hidden" name="id" value={conflict.id} />
        <ButtonRow>
          <Button
            kind="secondary"
            name="decision"
            value="ours"
            ariaLabel={t('published.questions.keep-of', { field, initiative: name })}
          >
            {t('published.questions.keep')}
          </Button>
          <Button
            kind="secondary"
            name="decision"
            value="theirs"
            ariaLabel={t('published.questions.take-of', { field, initiative: name })}
          >
            {t('published.questions.take')}
          </Button>
        </ButtonRow>
      </form>
    </Panel>
  )
}

function Side({ request: { t }, side }: { readonly request: PageRequest; readonly side: SideText | undefined }) {
  if (!side || side.lines.length + side.same === 0) return <NotStated />
  return (
    <>
      {side.lines.map((line, index) => (
        <div key={index}>
          <bdi>{line}</bdi>
        </div>
      ))}
      {side.more > 0 && (
        <div class="muted">{t('published.questions.more-lines', { count: side.more, shown: t.number(side.more) })}</div>
      )}
      {side.same > 0 && (
        <div class="muted">{t('published.questions.same-lines', { count: side.same, shown: t.number(side.same) })}</div>
      )}
    </>
  )
}

export async function settleQuestion(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { at, context, actor, form, query } = request
  const decision = form.get('decision') === 'theirs' ? 'theirs' : 'ours'
  try {
    await context.operations.run(settleImportConflict, { id: form.get('id') ?? '', decision }, actor)
  } catch (thrown) {
    const error = await withNames(request, thrown)
    if (error instanceof Problem && (error.kind === 'conflict' || error.kind === 'invalid')) return questionsPage(request, error)
    throw error
  }
  const back = questionsAddress(at, narrowingOf(query), readOffset(query))
  return seeOther(`${back}${back.includes('?') ? '&' : '?'}done=1`)
}

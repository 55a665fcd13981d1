/** Behind the link of a mail or a letter: the person says, without an account, that it is still so or that somebody else should be named. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type AskedFocalPoint, answerConfirmationLink, findConfirmationLink } from '../../../modules/coordination/index.ts'
import { Button, ButtonRow, Form, LocalizedTextView, Notice, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { subjectText } from './words.ts'

export async function linkPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, query, form } = request
  const done = query.get('done')
  if (done === 'confirmed' || done === 'left') return donePage(request, done)
  const token = (form.get('token') ?? query.get('token') ?? '').slice(0, 200)
  const asked = token === '' ? null : await context.operations.run(findConfirmationLink, { token }, actor)
  if (asked === null) return overPage(request)
  const title = t('coordination.link.title')
  return {
    title,
    noIndex: true,
    noStore: true,
    body: (
      <Page title={title} lead={t('coordination.link.lead', { name: `\u2068${asked.personName ?? ''}\u2069` })}>
        <SummaryList layout="card" facts={factsOf(request, asked)} />
        <Form action={at('/focal-points/confirm')} hidden={{ token }} label={title}>
          <ButtonRow>
            <Button name="answer" value="confirmed">
              {t('coordination.link.confirm')}
            </Button>
            <Button name="answer" value="left" kind="secondary">
              {t('coordination.link.left')}
            </Button>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

function factsOf({ t }: PageRequest, asked: AskedFocalPoint) {
  return [
    { label: t('coordination.field.subject'), value: <bdi>{subjectText(t, asked)}</bdi> },
    { label: t('coordination.field.person'), value: asked.personName && <bdi>{asked.personName}</bdi> },
    {
      label: t('coordination.field.mechanism'),
      value: asked.mechanismNames && <LocalizedTextView value={asked.mechanismNames} />,
    },
    { label: t('coordination.field.from'), value: asked.from === null ? undefined : t.date(asked.from) },
  ]
}

export async function answerFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { at, context, actor, form } = request
  const token = (form.get('token') ?? '').slice(0, 200)
  const answer = form.get('answer') === 'left' ? 'left' : 'confirmed'
  try {
    if (token === '') return overPage(request)
    await context.operations.run(answerConfirmationLink, { token, answer }, actor)
    return seeOther(`${at('/focal-points/confirm')}?done=${answer}`)
  } catch (error) {
    if (error instanceof Problem && error.code === 'coordination.link-over') return overPage(request)
    throw error
  }
}

function donePage({ t, at }: PageRequest, done: 'confirmed' | 'left'): PageContent {
  const title = t(`coordination.link.done.${done}`)
  return {
    title,
    noIndex: true,
    body: (
      <Page title={title}>
        <Notice kind="good" live title={t(`coordination.link.done-text.${done}`)} />
        <p>
          <a href={at('/focal-points')}>{t('coordination.title')}</a>
        </p>
      </Page>
    ),
  }
}

function overPage({ t, at }: PageRequest): PageContent {
  const title = t('coordination.link.title')
  return {
    title,
    noIndex: true,
    noStore: true,
    status: 404,
    body: (
      <Page title={title}>
        <Notice kind="bad" title={t('coordination.problem.link-over')}>
          <p>{t('coordination.link.over-text')}</p>
          <p>
            <a href={at('/focal-points')}>{t('coordination.title')}</a>
          </p>
        </Notice>
      </Page>
    ),
  }
}

/** Two ways in which a focal point ends: because the person left, or because the one who stands in takes over. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { endFocalPoint, getFocalPoint, handOverFocalPoint } from '../../../modules/coordination/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  DateField,
  ErrorSummary,
  Form,
  type FormError,
  Page,
  TextField,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { FormValues } from '../initiatives/form/form-values.ts'
import { formErrors, statusOfForm } from '../people/words.ts'
import { personText, subjectOf } from './words.ts'

type Way = 'end' | 'hand-over'

interface Typed {
  readonly errors: readonly FormError[]
  readonly status: number
}

export async function endingPage(request: PageRequest, way: Way, typed?: Typed): Promise<PageContent> {
  const { t, at, context, actor, params, form } = request
  const view = await context.operations.run(getFocalPoint, { id: params.id ?? '' }, actor)
  const here = at(`/focal-points/${view.id}`)
  const title = t(`coordination.${way}`)
  const values = new FormValues(form)
  const error = (field: string) => typed?.errors.find((one) => one.field === field)?.message
  const backup = view.details?.backup
  return {
    title,
    noIndex: true,
    ...(typed ? { status: typed.status } : {}),
    body: (
      <Page
        title={title}
        trail={[
          { label: t('coordination.title'), href: at('/focal-points') },
          { label: subjectOf(t, view), href: here },
        ]}
        lead={
          way === 'end'
            ? t('coordination.ending.lead')
            : t('coordination.hand-over-lead', { name: backup ? `\u2068${personText(t, backup)}\u2069` : '–' })
        }
      >
        <ErrorSummary errors={typed?.errors ?? []} />
        <Form action={`${here}/${way}`} label={title}>
          {way === 'end' && (
            <DateField
              name="to"
              label={t('coordination.field.to')}
              hint={t('coordination.hint.to')}
              value={values.date('to')}
              error={error('to')}
              optional
            />
          )}
          <TextField
            name="reason"
            label={t(way === 'end' ? 'coordination.field.endReason' : 'coordination.field.source')}
            hint={t(way === 'end' ? 'coordination.hint.reason' : 'coordination.hint.source')}
            value={values.get('reason')}
            error={error('reason')}
            maxLength={500}
          />
          <ButtonRow>
            <Button kind={way === 'end' ? 'danger' : 'primary'}>{title}</Button>
            <ButtonLink href={here} kind="secondary">
              {t('coordination.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function endFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, params, form } = request
  const values = new FormValues(form)
  const id = params.id ?? ''
  const to = values.date('to')
  return ending(request, 'end', async () => {
    await context.operations.run(endFocalPoint, { id, reason: values.get('reason') ?? '', ...(to && { to }) }, actor)
    return `/focal-points/${id}?done=ended`
  })
}

export async function handOverFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, params, form } = request
  const reason = new FormValues(form).get('reason') ?? ''
  return ending(request, 'hand-over', async () => {
    const next = await context.operations.run(handOverFocalPoint, { id: params.id ?? '', reason }, actor)
    return `/focal-points/${next.id}?done=handed-over`
  })
}

async function ending(request: PageRequest, way: Way, write: () => Promise<string>): Promise<PageContent | HttpResponse> {
  try {
    return seeOther(request.at(await write()))
  } catch (error) {
    const errors = formErrors(request.t, error, (place) => place)
    return endingPage(request, way, { errors, status: statusOfForm(error) })
  }
}

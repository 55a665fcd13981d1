/** Scheduling an address and changing how it is fetched; taking it away after a question. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import {
  changeImportSchedule,
  getImportSchedule,
  type ImportSchedule,
  listCollectionsQuery,
  removeImportSchedule,
  SCHEDULE_FORMATS,
  SCHEDULE_INTERVALS,
  scheduleImport,
} from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ErrorSummary,
  Form,
  type FormError,
  Notice,
  Page,
  SelectField,
  TextField,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { LastTime } from './addresses-section.tsx'

interface Typed {
  readonly address: string
  readonly collection: string
  readonly every: string
  readonly format: string
}

const list = ({ at }: PageRequest) => `${at('/imports')}#addresses`

export function newAddressPage(request: PageRequest): Promise<PageContent> {
  const { query } = request
  return formPage(request, { address: '', collection: query.get('collection') ?? '', every: 'weekly', format: '' })
}

export async function addressPage(request: PageRequest): Promise<PageContent> {
  const schedule = await scheduleOf(request)
  return formPage(request, { ...schedule, format: schedule.format ?? '' }, [], schedule)
}

export async function addAddress(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor } = request
  const typed = typedIn(request)
  const errors = emptyFields(request, typed)
  if (errors.length > 0) return formPage(request, typed, errors)
  try {
    const { every, format } = chosen(typed)
    await context.operations.run(
      scheduleImport,
      { collection: { key: typed.collection }, address: typed.address, every, format },
      actor,
    )
    return seeOther(list(request))
  } catch (error) {
    return formPage(request, typed, [errorOf(request, error)])
  }
}

/** From the list as well as from the page of the address: the button says what is to be done. */
export async function changeAddress(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, form, params } = request
  const id = params.id ?? ''
  const action = form.get('do') ?? 'save'
  const version = Number(form.get('version')) || 1
  const { operations } = context
  try {
    if (action === 'pause' || action === 'resume') {
      await operations.run(changeImportSchedule, { id, version, paused: action === 'pause' }, actor)
    } else if (action === 'now') {
      await operations.run(changeImportSchedule, { id, version, now: true }, actor)
    } else {
      const typed = typedIn(request)
      const errors = emptyFields(request, { ...typed, collection: '-' })
      if (errors.length > 0) return formPage(request, typed, errors, await scheduleOf(request))
      await operations.run(changeImportSchedule, { id, version, address: typed.address, ...chosen(typed) }, actor)
    }
    return seeOther(list(request))
  } catch (error) {
    const schedule = await scheduleOf(request)
    const typed = action === 'save' ? typedIn(request) : { ...schedule, format: schedule.format ?? '' }
    return formPage(request, typed, [errorOf(request, error)], schedule)
  }
}

export async function removeQuestion(request: PageRequest): Promise<PageContent> {
  const { t, at } = request
  const schedule = await scheduleOf(request)
  const title = t('schedules.remove.title')
  return {
    title,
    place: 'imports',
    noIndex: true,
    body: (
      <Page
        title={title}
        trail={[{ label: t('imports.title'), href: at('/imports') }]}
        lead={
          <p>
            <bdi dir="ltr">{schedule.address}</bdi>
          </p>
        }
      >
        <p>{t('schedules.remove.text')}</p>
        <Form
          action={at(`/imports/addresses/${schedule.id}/remove`)}
          label={title}
          hidden={{ version: String(schedule.version) }}
        >
          <ButtonRow>
            <Button kind="danger">{t('schedules.remove.do')}</Button>
            <ButtonLink href={list(request)} kind="secondary">
              {t('schedules.remove.keep')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function removeAddress(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, form, params } = request
  const version = Number(form.get('version')) || 1
  await context.operations.run(removeImportSchedule, { id: params.id ?? '', version }, actor)
  return seeOther(list(request))
}

function scheduleOf({ context, actor, params }: PageRequest): Promise<ImportSchedule> {
  return context.operations.run(getImportSchedule, { id: params.id ?? '' }, actor)
}

function typedIn({ form }: PageRequest): Typed {
  const text = (name: string) => (form.get(name) ?? '').trim().slice(0, 2_000)
  return { address: text('address'), collection: text('collection'), every: text('every'), format: text('format') }
}

function emptyFields({ t }: PageRequest, typed: Typed): FormError[] {
  return (['address', 'collection', 'every'] as const)
    .filter((field) => typed[field] === '')
    .map((field) => ({ field, message: t('schedules.missing', { field: t(`schedules.field.${field}`) }) }))
}

function chosen({ every, format }: Typed) {
  return {
    every: SCHEDULE_INTERVALS.find((one) => one === every) ?? 'weekly',
    format: SCHEDULE_FORMATS.find((one) => one === format) ?? null,
  }
}

/** Errors: whatever is no problem of what was typed. */
function errorOf({ t }: PageRequest, error: unknown): FormError {
  if (!(error instanceof Problem) || error.kind === 'missing' || error.kind === 'refused') throw error
  const field = error.place?.field ?? (error.code === 'registry.collection-key-not-accepted' ? 'collection' : 'address')
  return { field, message: problemText(t, error) }
}

async function formPage(
  request: PageRequest,
  typed: Typed,
  errors: readonly FormError[] = [],
  schedule?: ImportSchedule,
): Promise<PageContent> {
  const { t, at, context, actor } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const title = t(schedule ? 'schedules.change.title' : 'schedules.add')
  const errorAt = (field: string) => errors.find((error) => error.field === field)?.message
  return {
    title,
    place: 'imports',
    noIndex: true,
    ...(errors.length > 0 ? { status: 422 } : {}),
    body: (
      <Page title={title} trail={[{ label: t('imports.title'), href: at('/imports') }]} lead={t('schedules.lead')}>
        <ErrorSummary errors={errors} />
        {schedule && schedule.lastAt !== null && (
          <Notice kind={schedule.lastOutcome === 'failed' ? 'bad' : 'note'}>
            <p>
              <LastTime request={request} schedule={schedule} />
            </p>
          </Notice>
        )}
        <Form
          action={at(schedule ? `/imports/addresses/${schedule.id}` : '/imports/addresses')}
          label={title}
          hidden={schedule ? { version: String(schedule.version) } : {}}
        >
          <TextField
            name="address"
            label={t('schedules.field.address')}
            hint={t('schedules.field.address-hint')}
            value={typed.address}
            error={errorAt('address')}
            type="url"
            dir="ltr"
            maxLength={2_000}
          />
          <TextField
            name="collection"
            label={t('schedules.field.collection')}
            hint={t('schedules.field.collection-hint')}
            value={schedule?.collection ?? typed.collection}
            error={errorAt('collection')}
            readOnly={schedule !== undefined}
            suggestions={collections.filter(({ readOnly }) => !readOnly).map(({ key }) => key)}
            dir="ltr"
            width="medium"
            maxLength={64}
          />
          <SelectField
            name="every"
            label={t('schedules.field.every')}
            value={typed.every}
            error={errorAt('every')}
            choices={SCHEDULE_INTERVALS.map((value) => ({ value, label: t(`schedules.every.${value}`) }))}
          />
          <SelectField
            name="format"
            label={t('schedules.field.format')}
            value={typed.format === '' ? 'auto' : typed.format}
            choices={['auto', ...SCHEDULE_FORMATS].map((value) => ({ value, label: t(`schedules.format.${value}`) }))}
          />
          <p class="hint">{t('schedules.owner')}</p>
          <ButtonRow>
            <Button>{t(schedule ? 'schedules.change.do' : 'schedules.add.do')}</Button>
            <ButtonLink href={list(request)} kind="quiet">
              {t('schedules.back')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

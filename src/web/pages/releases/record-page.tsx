/** One record of a release: every field with all that it says; single fields or the whole record can stay. */
import type { HttpResponse } from '../../../kernel/http.ts'
import { getReleaseRecord, withholdFromRecord } from '../../../modules/registry/index.ts'
import {
  Button,
  CheckboxField,
  DataTable,
  ErrorSummary,
  type FormError,
  LocalizedTextView,
  Page,
  SummaryList,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { nameOfField, orAgain, releaseTrail, versionIn } from './words.ts'

export async function recordPage(request: PageRequest, errors: readonly FormError[] = [], status = 200): Promise<PageContent> {
  const { t, at, context, actor, params, may } = request
  const initiativeId = params.initiative ?? ''
  const { release, record, fields } = await context.operations.run(getReleaseRecord, { id: params.id ?? '', initiativeId }, actor)
  const open = release.state === 'drafted' && may('registry.release.edit')
  const name = record.identifier ?? initiativeId
  const table = (
    <DataTable
      caption={t('releases.fields-title')}
      captionHidden
      cards
      columns={[
        {
          key: 'field',
          label: t('releases.column.field'),
          cell: ({ field, withheld }) => {
            const label = nameOfField(t, field)
            const id = `leaves-${field.replace('.', '-')}`
            if (withheld === 'everywhere' || !open)
              return (
                <>
                  {withheld === null ? label : <s>{label}</s>}
                  {withheld !== null && <span class="muted"> {t(`releases.stays-${withheld}`)}</span>}
                </>
              )
            return (
              <div class="choice">
                <input type="hidden" name="shown" value={field} />
                <input id={id} type="checkbox" name="leaves" value={field} checked={withheld === null} />
                <label for={id}>{label}</label>
              </div>
            )
          },
        },
        {
          key: 'values',
          label: t('releases.column.says'),
          cell: ({ values, more }) => (
            <ul class="plain">
              {values.map((value) => (
                <li key={value}>
                  <bdi>{value}</bdi>
                </li>
              ))}
              {more > 0 && <li class="muted">{t('releases.more', { count: more, shown: t.number(more) })}</li>}
            </ul>
          ),
        },
      ]}
      rows={fields}
      rowKey={({ field }) => field}
    />
  )
  return {
    title: t('releases.record-title', { name }),
    noIndex: true,
    status,
    body: (
      <Page
        title={record.title ? <LocalizedTextView value={record.title} /> : <bdi>{name}</bdi>}
        kicker={t('releases.kicker')}
        trail={releaseTrail(request, release)}
      >
        <ErrorSummary errors={errors} />
        <SummaryList
          facts={[
            {
              label: t('releases.field.record'),
              value: (
                <a href={at(`/initiatives/${initiativeId}`)}>
                  <bdi>{name}</bdi>
                </a>
              ),
            },
            { label: t('releases.field.version'), value: t.number(record.recordVersion) },
            {
              label: t('releases.column.leaving'),
              value: record.withheld
                ? t('releases.record-stays')
                : t('releases.fields-of', { leaving: t.number(record.leaving), stated: t.number(record.stated) }),
            },
          ]}
        />
        {open ? (
          <form method="post" action={at(`/releases/${release.id}/records/${initiativeId}`)}>
            <input type="hidden" name="version" value={release.version} />
            <CheckboxField
              name="whole"
              label={t('releases.withhold-whole')}
              hint={t('releases.withhold-whole-hint')}
              checked={record.withheld}
            />
            {table}
            <Button>{t('releases.save-record')}</Button>
          </form>
        ) : (
          table
        )}
      </Page>
    ),
  }
}

export function withholdHere(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, params, form } = request
  const [id, initiativeId] = [params.id ?? '', params.initiative ?? '']
  const leaves = new Set(form.getAll('leaves'))
  return orAgain(
    async () => {
      await context.operations.run(
        withholdFromRecord,
        {
          id,
          initiativeId,
          version: versionIn(form),
          fields: form.getAll('shown').filter((field) => !leaves.has(field)),
          whole: form.get('whole') === 'yes',
        },
        actor,
      )
      return `${at(`/releases/${id}`)}?done=record#records`
    },
    (errors, status) => recordPage(request, errors, status),
    t,
  )
}

/** One operation of the API: its address, what it needs, its fields, and a call that can be copied. */
import { type Column, DataTable, EmptyState, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { CallExample } from './api-page.tsx'
import type { DescribedField, DescribedOperation, FieldType } from './described-operations.ts'

export function operationPage(request: PageRequest, operation: DescribedOperation): PageContent {
  const { t, at } = request
  const { name, method, path, permissions, isForStrangers, isVersioned, fields, schema } = operation
  return {
    title: name,
    about: { downloads: [{ format: 'OpenAPI 3.1', href: '/api/openapi.json' }] },
    body: (
      <Page title={<bdi dir="ltr">{name}</bdi>} trail={[{ label: t('programs.title'), href: at('/api') }]}>
        <SummaryList
          layout="card"
          facts={[
            {
              label: t('programs.address'),
              value: (
                <bdi dir="ltr">
                  {method} {path}
                </bdi>
              ),
            },
            { label: t('programs.permission'), value: <bdi dir="ltr">{permissions.join(', ')}</bdi> },
            { label: t('programs.who'), value: t(isForStrangers ? 'programs.for-everybody' : 'programs.with-key') },
          ]}
        />
        {isVersioned && <p>{t('programs.versions.text')}</p>}
        <h2>{t('programs.fields')}</h2>
        {fields.length === 0 ? (
          <EmptyState title={t('programs.no-fields')} />
        ) : (
          <>
            <DataTable
              caption={t('programs.fields')}
              captionHidden
              columns={columnsOf(request)}
              rows={fields}
              rowKey={(field) => field.name}
            />
            <details>
              <summary>{t('programs.schema')}</summary>
              <pre class="call" dir="ltr">
                <code>{JSON.stringify(schema, null, 1)}</code>
              </pre>
            </details>
          </>
        )}
        {operation.example && <h2>{t('programs.example')}</h2>}
        <CallExample request={request} operation={operation} />
        {operation.example && <p>{t('programs.example-note')}</p>}
      </Page>
    ),
  }
}

function columnsOf(request: PageRequest): Column<DescribedField>[] {
  const { t } = request
  return [
    {
      key: 'field',
      label: t('programs.field'),
      cell: ({ name, isRequired }) => (
        <>
          <bdi dir="ltr">{name}</bdi>
          {isRequired && (
            <>
              <br />
              <span class="muted">{t('programs.required')}</span>
            </>
          )}
        </>
      ),
    },
    { key: 'type', label: t('programs.type'), cell: ({ type }) => <Type request={request} type={type} /> },
  ]
}

function Type({ request, type }: { readonly request: PageRequest; readonly type: FieldType }) {
  const { t } = request
  const { kind, codes = [], items, least, most, standard } = type
  const range = [least === undefined ? '' : `≥ ${least}`, most === undefined ? '' : `≤ ${most}`].filter(Boolean).join(', ')
  return (
    <>
      {t(`programs.type-${kind}`)}
      {items && (
        <>
          <br />
          {t('programs.each')} <Type request={request} type={items} />
        </>
      )}
      {codes.length > 0 && ' '}
      {codes.length > 0 && <bdi dir="ltr">{codes.join(', ')}</bdi>}
      {range && ' '}
      {range && <bdi dir="ltr">{range}</bdi>}
      {standard !== undefined && (
        <>
          <br />
          <span class="muted">
            {t('programs.standard')} <bdi dir="ltr">{standard}</bdi>
          </span>
        </>
      )}
    </>
  )
}

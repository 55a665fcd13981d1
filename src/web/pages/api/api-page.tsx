/** The API for people: how a program calls, what it is told, and every operation with its address. */
import { type Column, DataTable, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { curlCall } from './curl-call.ts'
import type { DescribedOperation } from './described-operations.ts'

export function apiPage(request: PageRequest, operations: readonly DescribedOperation[]): PageContent {
  const { t } = request
  const title = t('programs.title')
  const rooms = [...new Set(operations.map(({ room }) => room))]
  return {
    title,
    about: { downloads: [{ format: 'OpenAPI 3.1', href: '/api/openapi.json' }] },
    body: (
      <Page title={title} lead={t('programs.lead')}>
        {SECTIONS.map((section) => (
          <section key={section}>
            <h2 id={section}>{t(`programs.${section}.title`)}</h2>
            <p>{t(`programs.${section}.text`)}</p>
            {EXAMPLE_OF[section] && <CallExample request={request} operation={find(operations, EXAMPLE_OF[section])} />}
          </section>
        ))}
        <section>
          <h2 id="problems">{t('programs.problems.title')}</h2>
          <p>{t('programs.problems.text')}</p>
          <DataTable
            caption={t('programs.problems.title')}
            captionHidden
            columns={[
              { key: 'status', label: t('programs.status'), cell: (status) => <bdi dir="ltr">{status}</bdi> },
              { key: 'meaning', label: t('programs.meaning'), cell: (status) => t(`programs.status-${status}`) },
            ]}
            rows={STATUSES}
            rowKey={(status) => status}
          />
        </section>
        <h2 id="operations">{t('programs.operations.title')}</h2>
        <p>{t('programs.operations.text')}</p>
        {rooms.map((room) => (
          <section key={room}>
            <h3 id={`room-${room}`}>
              <bdi dir="ltr">{room}</bdi>
            </h3>
            <DataTable
              caption={room}
              captionHidden
              columns={columnsOf(request)}
              rows={operations.filter((operation) => operation.room === room)}
              rowKey={({ name }) => name}
            />
          </section>
        ))}
      </Page>
    ),
  }
}

const SECTIONS = ['keys', 'asking', 'changing', 'pages', 'versions', 'repeating', 'changes'] as const
const EXAMPLE_OF: Readonly<Partial<Record<(typeof SECTIONS)[number], string>>> = {
  asking: 'registry.list-listings',
  changing: 'registry.create-collection',
  changes: 'registry.list-changes',
}
const STATUSES = ['401', '403', '404', '409', '412', '422', '428', '429', '500'] as const

function find(operations: readonly DescribedOperation[], name: string | undefined): DescribedOperation | undefined {
  return operations.find((operation) => operation.name === name)
}

interface CallExampleProps {
  readonly request: PageRequest
  readonly operation: DescribedOperation | undefined
}

export function CallExample({ request, operation }: CallExampleProps) {
  if (operation?.example === undefined) return null
  const { method, path, example, isForStrangers } = operation
  const call = curlCall({ origin: request.origin ?? '', method, path, input: example, isForStrangers })
  return (
    <pre class="call" dir="ltr">
      <code>{call}</code>
    </pre>
  )
}

function columnsOf({ t, at }: PageRequest): Column<DescribedOperation>[] {
  return [
    {
      key: 'operation',
      label: t('programs.operation'),
      cell: ({ name, method }) => (
        <bdi dir="ltr">
          {method} <a href={at(`/api/${name}`)}>{name}</a>
        </bdi>
      ),
    },
    {
      key: 'permission',
      label: t('programs.permission'),
      cell: ({ permissions, isForStrangers }) => (
        <>
          <bdi dir="ltr">{permissions.join(', ')}</bdi>
          {isForStrangers && (
            <>
              <br />
              <span class="muted">{t('programs.for-everybody')}</span>
            </>
          )}
        </>
      ),
    },
  ]
}

/** All releases of the own scope, and what was received from other instances. */
import { listReceivedReleases, listReleases, type ReceivedRelease, type Release } from '../../../modules/registry/index.ts'
import { ButtonLink, type Column, DataTable, EmptyState, Page, StatePill } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { statePill } from './words.ts'

const SHOWN = 200

export async function releasesPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, may } = request
  const releases = await context.operations.run(listReleases, { limit: SHOWN }, actor)
  const received = await context.operations.run(listReceivedReleases, { limit: SHOWN }, actor)
  const title = t('releases.title')
  return {
    title,
    noIndex: true,
    body: (
      <Page
        title={title}
        lead={t('releases.lead')}
        actions={
          <>
            {may('registry.release.draft') && <ButtonLink href={at('/releases/new')}>{t('releases.new')}</ButtonLink>}
            <ButtonLink href={at('/releases/key')} kind="secondary">
              {t('releases.key.title')}
            </ButtonLink>
          </>
        }
      >
        <DataTable
          caption={title}
          captionHidden
          columns={columnsOf(request)}
          rows={releases}
          rowKey={({ id }) => id}
          empty={
            <EmptyState title={t('releases.none')}>
              <p>{t('releases.none-text')}</p>
            </EmptyState>
          }
        />
        <h2 id="received">{t('releases.received.title')}</h2>
        <ReceivedTable request={request} received={received} />
      </Page>
    ),
  }
}

function columnsOf({ t, at }: PageRequest): Column<Release>[] {
  return [
    {
      key: 'addressee',
      label: t('releases.field.addressee'),
      cell: ({ id, addressee }) => (
        <a href={at(`/releases/${id}`)}>
          <bdi>{addressee}</bdi>
        </a>
      ),
    },
    { key: 'purpose', label: t('releases.field.purpose'), cell: ({ purpose }) => <bdi>{purpose}</bdi> },
    { key: 'records', label: t('releases.field.found'), kind: 'number', cell: ({ records }) => t.number(records) },
    { key: 'state', label: t('releases.field.state'), cell: ({ state }) => <StatePill {...statePill(t, state)} /> },
    { key: 'when', label: t('releases.field.changed'), cell: ({ updatedAt }) => t.instant(updatedAt) },
  ]
}

interface ReceivedProps {
  readonly request: PageRequest
  readonly received: readonly ReceivedRelease[]
}

export function ReceivedTable({ request: { t, at }, received }: ReceivedProps) {
  return (
    <DataTable
      caption={t('releases.received.title')}
      captionHidden
      columns={[
        { key: 'instance', label: t('releases.field.instance-name'), cell: ({ instanceName }) => <bdi>{instanceName}</bdi> },
        { key: 'by', label: t('releases.field.by'), cell: ({ releasedBy }) => <bdi>{releasedBy}</bdi> },
        { key: 'at', label: t('releases.field.at'), cell: ({ releasedAt }) => t.instant(releasedAt) },
        { key: 'licence', label: t('releases.field.licence'), cell: ({ licence }) => <bdi>{licence}</bdi> },
        { key: 'records', label: t('releases.field.records'), kind: 'number', cell: ({ records }) => t.number(records) },
        {
          key: 'collection',
          label: t('registry.field.collection'),
          cell: ({ collection }) => (
            <a href={`${at('/initiatives')}?${new URLSearchParams({ collection })}`}>
              <bdi>{collection}</bdi>
            </a>
          ),
        },
      ]}
      rows={received}
      rowKey={({ runId }) => runId}
      empty={<p class="muted">{t('releases.received.none')}</p>}
    />
  )
}

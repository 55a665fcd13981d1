/** The key of this instance, for whoever receives its packages, and the instances whose packages are accepted here. */
import { readableFingerprint } from '../../../credentials/index.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { distrustInstance, listTrustedInstances } from '../../../modules/registry/index.ts'
import { Button, DataTable, Notice, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { releaseTrail } from './words.ts'

const ADDRESS = '/release-key.json'

export async function keyPage(request: PageRequest): Promise<PageContent> {
  const { t, context, may, query } = request
  const key = await context.releases.publicKey()
  const title = t('releases.key.title')
  return {
    title,
    body: (
      <Page title={title} trail={may('registry.release.read') ? releaseTrail(request) : []} lead={t('releases.key.lead')}>
        {query.get('done') === 'distrusted' && <Notice kind="good" title={t('releases.key.distrusted')} live />}
        <SummaryList
          facts={[
            { label: t('releases.field.instance-name'), value: <bdi>{key.instanceName}</bdi> },
            { label: t('releases.field.instance'), value: <code dir="ltr">{key.instanceId}</code> },
            { label: t('releases.field.fingerprint'), value: <Fingerprint value={key.fingerprint} /> },
            {
              label: t('releases.field.public-key'),
              value: (
                <code class="hash" dir="ltr">
                  {key.publicKey}
                </code>
              ),
            },
            { label: t('releases.key.address'), value: <a href={ADDRESS}>{ADDRESS}</a> },
          ]}
        />
        {may('registry.import.run') && (
          <>
            <h2 id="trusted">{t('releases.key.trusted')}</h2>
            <p>{t('releases.key.trusted-text')}</p>
            {await trustedTable(request)}
          </>
        )}
      </Page>
    ),
  }
}

export function Fingerprint({ value }: { readonly value: string }) {
  return (
    <code class="hash" dir="ltr">
      {readableFingerprint(value)}
    </code>
  )
}

async function trustedTable({ t, at, context, actor, may }: PageRequest) {
  const trusted = await context.operations.run(listTrustedInstances, {}, actor)
  return (
    <DataTable
      caption={t('releases.key.trusted')}
      captionHidden
      cards
      columns={[
        { key: 'name', label: t('releases.field.instance-name'), cell: ({ name }) => <bdi>{name}</bdi> },
        {
          key: 'fingerprint',
          label: t('releases.field.fingerprint'),
          cell: ({ fingerprint }) => <Fingerprint value={fingerprint} />,
        },
        { key: 'since', label: t('releases.key.since'), cell: ({ trustedAt }) => t.instant(trustedAt) },
        ...(may('registry.release.trust')
          ? [
              {
                key: 'remove',
                label: t('releases.key.action'),
                cell: ({ instanceId, fingerprint, name }: (typeof trusted)[number]) => (
                  <form method="post" action={at('/releases/key')}>
                    <input type="hidden" name="instance" value={instanceId} />
                    <input type="hidden" name="fingerprint" value={fingerprint} />
                    <Button kind="quiet">{t('releases.key.distrust', { name })}</Button>
                  </form>
                ),
              },
            ]
          : []),
      ]}
      rows={trusted}
      rowKey={({ instanceId, fingerprint }) => `${instanceId}/${fingerprint}`}
      empty={<p class="muted">{t('releases.key.nobody')}</p>}
    />
  )
}

export async function distrust({ at, context, actor, form }: PageRequest): Promise<HttpResponse> {
  await context.operations.run(
    distrustInstance,
    { instanceId: form.get('instance') ?? '', fingerprint: form.get('fingerprint') ?? '' },
    actor,
  )
  return seeOther(`${at('/releases/key')}?done=distrusted`)
}

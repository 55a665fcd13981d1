/** The instance from which a record was received: who released it, when, under which licence, and which record it is there. */
import { getInitiativeOrigin, type RecordOrigin } from '../../../../modules/registry/index.ts'
import { SummaryList } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { Fingerprint } from '../../releases/key-page.tsx'

export async function receivedFrom({ context, actor }: PageRequest, id: string): Promise<RecordOrigin | null> {
  return (await context.operations.run(getInitiativeOrigin, { id }, actor)).origin
}

interface Props {
  readonly request: PageRequest
  readonly origin: RecordOrigin | null
}

export function ReceivedOriginSection({ request: { t }, origin }: Props) {
  if (!origin) return null
  return (
    <section aria-labelledby="received-origin">
      <h2 id="received-origin">{t('releases.origin.title')}</h2>
      <p>{t('releases.origin.text')}</p>
      <SummaryList
        facts={[
          { label: t('releases.field.instance-name'), value: <bdi>{origin.instanceName}</bdi> },
          { label: t('releases.field.by'), value: <bdi>{origin.releasedBy}</bdi> },
          { label: t('releases.field.at'), value: t.instant(origin.releasedAt) },
          { label: t('releases.field.licence'), value: <bdi>{origin.licence}</bdi> },
          {
            label: t('releases.field.record'),
            value: (
              <>
                <code dir="ltr">{origin.record}</code> {t('releases.origin.version', { version: origin.recordVersion })}
              </>
            ),
          },
          { label: t('releases.field.fingerprint'), value: <Fingerprint value={origin.fingerprint} /> },
        ]}
      />
    </section>
  )
}

/** Of a run that read a package: from which instance it came. Nothing for other runs. */
import { getReceivedRelease } from '../../../../modules/registry/index.ts'
import { SummaryList } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { Fingerprint } from '../../releases/key-page.tsx'
import { nameOfField } from '../../releases/words.ts'

export async function originOfRun({ t, context, actor }: PageRequest, runId: string) {
  const { origin } = await context.operations.run(getReceivedRelease, { runId }, actor)
  if (!origin) return null
  return (
    <section aria-labelledby="origin">
      <h2 id="origin">{t('releases.import.origin')}</h2>
      <SummaryList
        facts={[
          { label: t('releases.field.instance-name'), value: <bdi>{origin.instanceName}</bdi> },
          { label: t('releases.field.by'), value: <bdi>{origin.releasedBy}</bdi> },
          { label: t('releases.field.at'), value: t.instant(origin.releasedAt) },
          { label: t('releases.field.licence'), value: <bdi>{origin.licence}</bdi> },
          {
            label: t('releases.withheld-everywhere'),
            value:
              origin.withheldFields.length === 0
                ? t('releases.nothing-withheld')
                : t.list(origin.withheldFields.map((field) => nameOfField(t, field))),
          },
          { label: t('releases.field.fingerprint'), value: <Fingerprint value={origin.fingerprint} /> },
        ]}
      />
    </section>
  )
}

/** In one place what leaves: how many records and fields, for whom, and what stays. The review and the confirmation show the same. */
import type { ReleaseView } from '../../../modules/registry/index.ts'
import { SummaryList } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { nameOfField } from './words.ts'

interface Props {
  readonly request: PageRequest
  readonly view: ReleaseView
}

export function LeavingSummary({ request: { t, at }, view }: Props) {
  const { release, fields, leaving, partly } = view
  const going = fields.filter((field) => field.leaving > 0)
  const stay = release.records - leaving
  return (
    <>
      <p class="lead">
        {t('releases.leaves', {
          records: t.number(leaving),
          count: leaving,
          fields: t.number(going.length),
          kinds: going.length,
        })}
      </p>
      <SummaryList
        facts={[
          { label: t('releases.field.addressee'), value: <bdi>{release.addressee}</bdi> },
          { label: t('releases.field.purpose'), value: <bdi>{release.purpose}</bdi> },
          { label: t('releases.field.licence'), value: <bdi>{release.licence}</bdi> },
          {
            label: t('releases.field.filter'),
            value: (
              <a href={`${at('/initiatives')}?${release.filter}`}>
                {release.filter === '' ? t('releases.all-own') : <bdi dir="ltr">{release.filter}</bdi>}
              </a>
            ),
          },
          { label: t('releases.field.fixed'), value: t.instant(release.fixedAt) },
          {
            label: t('releases.withheld-everywhere'),
            value:
              release.withheldFields.length === 0
                ? t('releases.nothing-withheld')
                : t.list(release.withheldFields.map((field) => nameOfField(t, field))),
          },
          {
            label: t('releases.withheld-records'),
            value: t('releases.withheld-records-count', { whole: t.number(stay), partly: t.number(partly) }),
          },
          { label: t('releases.never'), value: t('releases.never-text') },
        ]}
      />
    </>
  )
}

/** The consents of a person, newest first: to what, since when, until when, and whether it holds today. */
import { isCurrent, type PersonView } from '../../../modules/directory/index.ts'
import { Button, type Column, DataTable, Form, StatePill } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'

type ShownConsent = PersonView['consents'][number]

export function ConsentsTable({ request, person }: { readonly request: PageRequest; readonly person: PersonView }) {
  const { t } = request
  return (
    <DataTable
      caption={t('people.consent.title')}
      captionHidden
      columns={columnsOf(request, person)}
      rows={person.consents}
      rowKey={({ id }) => id}
      empty={<p class="muted">{t('people.consent.none')}</p>}
    />
  )
}

function columnsOf({ t, at, may }: PageRequest, person: PersonView): Column<ShownConsent>[] {
  const today = new Date().toISOString().slice(0, 10)
  const columns: Column<ShownConsent>[] = [
    { key: 'purpose', label: t('people.consent.purpose'), cell: ({ purpose }) => t(`people.consent.purpose.${purpose}`) },
    {
      key: 'covers',
      label: t('people.consent.covers'),
      cell: ({ covers }) => t.list(covers.map((kind) => t(`people.contact.${kind}`))),
    },
    { key: 'given', label: t('people.consent.givenOn'), cell: ({ givenOn }) => t.date(givenOn) },
    {
      key: 'until',
      label: t('people.consent.until'),
      cell: ({ until }) => (until === null ? t('people.consent.until-withdrawn') : t.date(until)),
    },
    {
      key: 'state',
      label: t('people.consent.state'),
      cell: (consent) => {
        const state = consent.withdrawnAt !== null ? 'withdrawn' : isCurrent(consent, today) ? 'current' : 'ended'
        return <StatePill state={state} label={t(`people.consent.state.${state}`)} />
      },
    },
  ]
  if (person.consents.some(({ source }) => source !== null)) {
    columns.push({ key: 'source', label: t('people.consent.source'), cell: ({ source }) => source && <bdi>{source}</bdi> })
  }
  if (may('directory.consent.record') && person.consents.some(({ withdrawnAt }) => withdrawnAt === null)) {
    columns.push({
      key: 'withdraw',
      label: t('people.consent.withdraw'),
      cell: ({ id, withdrawnAt }) =>
        withdrawnAt === null ? (
          <Form action={at(`/people/${person.id}/withdraw`)} hidden={{ consent: id }} label={t('people.consent.withdraw')}>
            <Button kind="quiet">{t('people.consent.withdraw')}</Button>
          </Form>
        ) : (
          '–'
        ),
    })
  }
  return columns
}

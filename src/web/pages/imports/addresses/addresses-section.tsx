/** Addresses whose file comes in by itself: how it went, when it is next, and what can be done. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import { type Collection, type ImportSchedule, listImportSchedules } from '../../../../modules/registry/index.ts'
import { Button, ButtonLink, ButtonRow, DataTable, EmptyState } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { isolated } from '../words.ts'

export function listSchedules({ context, actor }: PageRequest): Promise<ImportSchedule[]> {
  return context.operations.run(listImportSchedules, {}, actor)
}

interface AddressesProps {
  readonly request: PageRequest
  readonly schedules: readonly ImportSchedule[]
  readonly collections: readonly Collection[]
}

export function AddressesSection({ request, schedules, collections }: AddressesProps) {
  const { t, at } = request
  const nameOf = (key: string) => textFor(collections.find((one) => one.key === key)?.names, t.lang)?.text ?? key
  return (
    <section>
      <h2 id="addresses">{t('schedules.title')}</h2>
      <p>{t('schedules.lead')}</p>
      <DataTable
        caption={t('schedules.title')}
        captionHidden
        columns={[
          {
            key: 'address',
            label: t('schedules.column.address'),
            rowHeader: true,
            cell: (schedule) => (
              <a href={at(`/imports/addresses/${schedule.id}`)}>
                <bdi dir="ltr">{shortAddress(schedule.address)}</bdi>
              </a>
            ),
          },
          {
            key: 'collection',
            label: t('schedules.column.collection'),
            cell: (schedule) => (
              <a href={`${at('/initiatives')}?collection=${encodeURIComponent(schedule.collection)}`}>
                <bdi>{nameOf(schedule.collection)}</bdi>
              </a>
            ),
          },
          { key: 'every', label: t('schedules.column.every'), cell: ({ every }) => t(`schedules.every.${every}`) },
          {
            key: 'last',
            label: t('schedules.column.last'),
            cell: (schedule) => <LastTime request={request} schedule={schedule} />,
          },
          { key: 'next', label: t('schedules.column.next'), cell: (schedule) => nextText(request, schedule) },
          {
            key: 'actions',
            label: t('schedules.column.actions'),
            cell: (schedule) => <Actions request={request} schedule={schedule} />,
          },
        ]}
        rows={schedules}
        rowKey={(schedule) => schedule.id}
        empty={<EmptyState title={t('schedules.none')} />}
      />
      <ButtonRow>
        <ButtonLink kind="secondary" href={at('/imports/addresses/new')}>
          {t('schedules.add')}
        </ButtonLink>
      </ButtonRow>
    </section>
  )
}

/** The host and the end of the path say which one it is. */
function shortAddress(address: string): string {
  const { host, pathname } = new URL(address)
  const path = pathname.length > 40 ? `/…${pathname.slice(-36)}` : pathname
  return `${host}${path}`
}

export function LastTime({ request, schedule }: { readonly request: PageRequest; readonly schedule: ImportSchedule }) {
  const { t, at } = request
  const { lastAt, lastOutcome, lastFailure, lastRun, failures, isRunning } = schedule
  return (
    <>
      {isRunning ? t('schedules.outcome.running') : t(`schedules.outcome.${lastOutcome ?? 'none'}`)}
      {lastAt !== null && (
        <>
          <br />
          <span class="muted">{t.instant(lastAt)}</span>
        </>
      )}
      {lastFailure !== null && (
        <>
          <br />
          {problemText(t, lastFailure)}
          {failures > 1 && <> {t('schedules.failures', { count: failures, shown: t.number(failures) })}</>}
        </>
      )}
      {lastRun !== null && (
        <>
          <br />
          <a href={at(`/imports/${lastRun}`)}>{t('schedules.run')}</a>
        </>
      )}
    </>
  )
}

function nextText({ t }: PageRequest, { paused, nextAt }: ImportSchedule): string {
  if (paused) return t('schedules.next.paused')
  return new Date(nextAt).getTime() <= Date.now() ? t('schedules.next.soon') : t.instant(nextAt)
}

/** One form: its buttons say what is to be done. */
function Actions({ request, schedule }: { readonly request: PageRequest; readonly schedule: ImportSchedule }) {
  const { t, at } = request
  const { id, address, version, paused } = schedule
  const named = { address: isolated(address) }
  const turn = paused ? 'resume' : 'pause'
  return (
    <form method="post" action={at(`/imports/addresses/${id}`)}>
      <input type="hidden" name="version" value={String(version)} />
      <ButtonRow>
        <Button kind="quiet" name="do" value={turn} ariaLabel={t(`schedules.${turn}.of`, named)}>
          {t(`schedules.${turn}`)}
        </Button>
        {!paused && (
          <Button kind="quiet" name="do" value="now" ariaLabel={t('schedules.now.of', named)}>
            {t('schedules.now')}
          </Button>
        )}
        <a class="button button-quiet" href={at(`/imports/addresses/${id}/remove`)} aria-label={t('schedules.remove.of', named)}>
          {t('schedules.remove')}
        </a>
      </ButtonRow>
    </form>
  )
}

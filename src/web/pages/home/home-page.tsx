/** The start page: what this is, the reader's own work behind three doors, what waits, and beside it the worked example. */
import type { ImportDraft } from '../../../jobs/imports/kept-files.ts'
import {
  type Collection,
  type ImportRun,
  type ListingPage,
  listCollectionsQuery,
  listImportRuns,
  listListings,
  NOT_STATED,
} from '../../../modules/registry/index.ts'
import { ButtonLink, ButtonRow, Notice, NumberDoor, Page, Panel, WithSidebar } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { isolated } from '../imports/words.ts'
import { ExamplePanel, SampleNotice, workedExample } from './worked-example.tsx'

interface OwnWork {
  readonly collections: readonly Collection[]
  /** Listings of the working collections, with their counts. */
  readonly listings: ListingPage
  readonly runs: readonly ImportRun[]
  readonly waiting: readonly ImportDraft[]
}

export async function homePage(request: PageRequest): Promise<PageContent> {
  const { t, context, actor, query } = request
  const { operations, instance } = context
  const imports = request.may('registry.import.run')
  const work: OwnWork = {
    collections: await operations.run(listCollectionsQuery, {}, actor),
    listings: await operations.run(listListings, { filter: { values: {} }, limit: 1 }, actor),
    runs: imports ? await operations.run(listImportRuns, { limit: 20 }, actor) : [],
    waiting: imports ? await context.imports.of(actor).listWaiting() : [],
  }
  const example = await workedExample(
    request,
    work.collections.filter(({ kind }) => kind === 'sample'),
  )
  const outcome = query.get('sample')
  return {
    title: t('site.home.title'),
    body: (
      <Page
        title={instance.name}
        lead={
          <p>
            {t('site.home.lead')} {instance.owner !== undefined && t('site.home.owner', { owner: instance.owner })}
          </p>
        }
      >
        {(outcome === 'loaded' || outcome === 'removed') && <Notice kind="good" live title={t(`site.home.sample.${outcome}`)} />}
        <div class="doors">
          <FindDoor request={request} work={work} />
          {imports && <BringDoor request={request} work={work} />}
          <ReportDoor request={request} />
        </div>
        <WithSidebar
          aside={
            <>
              {imports && <Waits request={request} work={work} />}
              <SampleNotice request={request} samples={example.samples} />
            </>
          }
        >
          <ExamplePanel request={request} figures={example.figures} />
        </WithSidebar>
      </Page>
    ),
  }
}

interface DoorProps {
  readonly request: PageRequest
  readonly work: OwnWork
}

function FindDoor({ request: { t, at, may }, work: { listings } }: DoorProps) {
  const hosts = listings.facets.host.filter(({ value }) => value !== NOT_STATED).length
  return (
    <Panel title={t('site.home.find.title')} id="find">
      {listings.total === 0 ? (
        <p>{t('site.home.find.none')}</p>
      ) : (
        <p>
          <NumberDoor href={at('/initiatives')} definition={t('site.home.find.counted')} value={listings.total} size="large">
            {t.number(listings.total)}
          </NumberDoor>{' '}
          {t('site.home.find.count', { count: listings.total })}{' '}
          {hosts > 0 && t('site.home.find.where', { count: hosts, shown: t.number(hosts) })}
        </p>
      )}
      <ButtonRow>
        {listings.total > 0 && <ButtonLink href={at('/initiatives')}>{t('site.home.find.open')}</ButtonLink>}
        {may('registry.initiative.create') && (
          <ButtonLink href={at('/initiatives/new')} kind={listings.total > 0 ? 'quiet' : 'secondary'}>
            {t('site.home.find.register')}
          </ButtonLink>
        )}
      </ButtonRow>
    </Panel>
  )
}

function BringDoor({ request: { t, at }, work: { runs, collections } }: DoorProps) {
  const samples = new Set(collections.filter(({ kind }) => kind === 'sample').map(({ key }) => key))
  const last = runs.find((run) => run.state === 'applied' && !samples.has(run.collection))
  return (
    <Panel title={t('site.home.bring.title')} id="bring">
      <p>{t('site.home.bring.text')}</p>
      {last && (
        <p class="muted">
          <a href={at(`/imports/${last.id}`)}>
            {t('site.home.bring.last', { file: isolated(last.fileName), when: t.instant(last.startedAt) })}
          </a>
        </p>
      )}
      <ButtonRow>
        <ButtonLink href={at('/imports')}>{t('site.home.bring.open')}</ButtonLink>
        <ButtonLink href={`${at('/imports')}#templates`} kind="quiet">
          {t('site.home.bring.template')}
        </ButtonLink>
      </ButtonRow>
    </Panel>
  )
}

function ReportDoor({ request: { t, at } }: Pick<DoorProps, 'request'>) {
  return (
    <Panel title={t('site.home.report.title')} id="report">
      <p>{t('site.home.report.text')}</p>
      <ButtonRow>
        <ButtonLink href={at('/reports')}>{t('site.home.report.open')}</ButtonLink>
        <ButtonLink href={at('/figures')} kind="quiet">
          {t('site.home.report.figures')}
        </ButtonLink>
      </ButtonRow>
    </Panel>
  )
}

/** States in which an initiative waits for somebody. */
const WAITING_STATES = ['draft', 'returned', 'submitted', 'verified'] as const
const SHOWN_FILES = 5

function Waits({ request: { t, at }, work: { listings, waiting, runs } }: DoorProps) {
  const running = runs.filter((run) => run.state === 'staging')
  const byState = WAITING_STATES.flatMap((state) => {
    const count = listings.facets.state.find(({ value }) => value === state)?.count ?? 0
    return count > 0 ? [{ state, count }] : []
  })
  return (
    <Panel title={t('site.home.waits.title')} id="waits">
      {running.length + waiting.length + byState.length === 0 ? (
        <p>{t('site.home.waits.none')}</p>
      ) : (
        <ul>
          {running.map((run) => (
            <li key={run.id}>
              <a href={at(`/imports/${run.id}`)}>{t('site.home.waits.running', { file: isolated(run.fileName) })}</a>
            </li>
          ))}
          {waiting.slice(0, SHOWN_FILES).map((draft) => (
            <li key={draft.key}>
              <a href={at(`/imports/new/${draft.key}`)}>
                {t('site.home.waits.file', { file: isolated(draft.fileName), when: t.instant(draft.receivedAt) })}
              </a>
            </li>
          ))}
          {byState.map(({ state, count }) => (
            <li key={state}>
              <a href={`${at('/initiatives')}?state=${state}`}>
                {t(`site.home.waits.${state}`, { count, shown: t.number(count) })}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** The run of a published file: bytes and activities while it is read; afterwards what came of it, and what waits for somebody. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { getRunValidity, type ImportRun, listImportConflicts, type RunValidity } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  DataTable,
  Notice,
  Page,
  ProgressBar,
  Steps,
  SummaryList,
} from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { RulesTable } from '../validity/rules-table.tsx'
import { isolated, sizeText } from '../words.ts'
import { resultTitle, runOrganisations } from './run-organisations.tsx'
import { publishedSteps } from './steps.ts'

const REFRESH_SECONDS = 2

export async function publishedRunPage(request: PageRequest, run: ImportRun): Promise<PageContent> {
  const { t, at, context, actor } = request
  const moves = run.state === 'staging' || run.state === 'clearing'
  const again = await context.imports.of(actor).has(run.fileDigest)
  return {
    title: t('imports.run.title', { file: isolated(run.fileName) }),
    place: 'imports',
    noIndex: true,
    ...(moves ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: (
      <Page
        title={<bdi>{run.fileName}</bdi>}
        kicker={t('imports.run.kicker')}
        trail={[{ label: t('imports.title'), href: at('/imports') }]}
        provenance={{
          source: { label: run.address ?? run.fileName },
          at: run.startedAt,
          run: { label: run.id },
          state: run.state,
          stateLabel: t(`imports.state.${run.state}`),
        }}
      >
        <Steps
          label={t('imports.steps')}
          steps={publishedSteps(t, 'import', {
            choose: at('/imports'),
            target: again ? at(`/imports/new/${run.fileDigest}`) : undefined,
          })}
        />
        {moves || run.state === 'paused' ? (
          <Progress request={request} run={run} />
        ) : (
          <>
            <Result request={request} run={run} again={again} />
            {(run.state === 'applied' || run.state === 'undone') && <Report request={request} run={run} />}
            {run.organisations && (await runOrganisations({ request, run, counts: run.organisations }))}
            {run.state === 'applied' && (await waitingQuestions(request, run))}
            {await validityOf(request, run)}
          </>
        )}
      </Page>
    ),
  }
}

interface RunProps {
  readonly request: PageRequest
  readonly run: ImportRun
}

function Progress({ request: { t, at }, run }: RunProps) {
  if (run.state === 'clearing') {
    return (
      <Notice title={t('published.run.clearing')}>
        <p>{t('published.run.clearing-text')}</p>
      </Notice>
    )
  }
  const isPaused = run.state === 'paused'
  return (
    <>
      {isPaused && (
        <Notice title={t('published.run.paused')}>
          <p>{t('published.run.paused-text')}</p>
        </Notice>
      )}
      <ReadingProgress
        t={t}
        fileName={run.fileName}
        fileBytes={run.fileBytes}
        bytesRead={run.bytesRead}
        moves={!isPaused}
        label={t('published.run.reading')}
      />
      <SummaryList
        layout="card"
        facts={[
          { label: t('published.run.so-far'), value: t.number(run.rowsRead) },
          { label: t('imports.outcome.rejected'), value: t.number(run.rejected) },
          { label: t('published.run.warnings'), value: t.number(run.warnings) },
        ]}
      />
      <p>{t('published.run.nothing-visible')}</p>
      <form method="post" action={at(`/imports/${run.id}/${isPaused ? 'resume' : 'pause'}`)}>
        <ButtonRow>
          <Button kind={isPaused ? 'primary' : 'secondary'}>
            {t(isPaused ? 'published.run.resume' : 'published.run.pause')}
          </Button>
          <Button kind="secondary" formAction={at(`/imports/${run.id}/cancel`)}>
            {t('imports.run.cancel')}
          </Button>
        </ButtonRow>
      </form>
    </>
  )
}

interface ReadingProgressProps {
  readonly t: PageRequest['t']
  readonly fileName: string
  readonly fileBytes: number
  readonly bytesRead: number
  readonly moves: boolean
  readonly label: string
}

/** By bytes; of a packed file nobody knows how large it is unpacked. */
export function ReadingProgress({ t, fileName, fileBytes, bytesRead, moves, label }: ReadingProgressProps) {
  const isPacked = /\.(gz|zip|tgz)$/i.test(fileName) || bytesRead > fileBytes
  const share = isPacked || fileBytes === 0 ? undefined : Math.min(1, bytesRead / fileBytes)
  const words =
    share === undefined
      ? t('published.run.bytes', { read: sizeText(t, bytesRead) })
      : t('published.run.bytes-of', {
          percent: t.percent(share, { digits: 0 }),
          read: sizeText(t, bytesRead),
          all: sizeText(t, fileBytes),
        })
  return (
    <ProgressBar
      label={label}
      done={share === undefined ? bytesRead : Math.round(share * 100)}
      total={share === undefined ? undefined : 100}
      words={words}
      refreshSeconds={moves ? REFRESH_SECONDS : undefined}
    />
  )
}

function Result({ request: { t, at }, run, again }: RunProps & { readonly again: boolean }) {
  if (run.state === 'applied') {
    const organisations = run.organisations ?? { created: 0, changed: 0, rejected: 0 }
    const described = organisations.created + organisations.changed
    return (
      <Notice kind={run.rejected + organisations.rejected > 0 ? 'note' : 'good'} live title={resultTitle(t, run)}>
        {run.rejected > 0 && <p>{t('published.run.left-out', { count: run.rejected, shown: t.number(run.rejected) })}</p>}
        {organisations.rejected > 0 && (
          <p>
            {t('published.run.organisations-left-out', {
              count: organisations.rejected,
              shown: t.number(organisations.rejected),
            })}
          </p>
        )}
        {described > 0 && run.rowsRead > 0 && (
          <p>{t('published.run.organisations-done', { count: described, shown: t.number(described) })}</p>
        )}
        <ButtonRow>
          {run.rowsRead > 0 && (
            <ButtonLink href={`${at('/initiatives')}?collection=${encodeURIComponent(run.collection)}`}>
              {t('imports.run.see-list')}
            </ButtonLink>
          )}
          <ButtonLink href={at(`/imports/${run.id}/validity`)} kind="secondary">
            {t('published.run.see-validity')}
          </ButtonLink>
          {/* Also one that only marked or passed over: then the marks go. */}
          <ButtonLink href={at(`/imports/${run.id}/undo`)} kind="quiet">
            {t('imports.undo.link')}
          </ButtonLink>
        </ButtonRow>
      </Notice>
    )
  }
  return (
    <Notice kind={run.state === 'failed' ? 'bad' : 'note'} live title={t(`imports.run.${run.state}`)}>
      {run.failure && <p>{problemText(t, run.failure)}</p>}
      <p>{t(again || run.state !== 'cancelled' ? `imports.run.${run.state}-text` : 'published.run.cancelled-text')}</p>
      <ButtonRow>
        <ButtonLink href={again ? at(`/imports/new/${run.fileDigest}`) : at('/imports')} kind="secondary">
          {t(again ? 'imports.run.repeat' : 'imports.run.choose-again')}
        </ButtonLink>
      </ButtonRow>
    </Notice>
  )
}

function Report({ request, run }: RunProps) {
  const { t } = request
  const lines = [
    { key: 'created', count: run.created },
    { key: 'changed', count: run.changed },
    { key: 'unchanged', count: run.unchanged },
    { key: 'rejected', count: run.rejected },
  ]
  return (
    <>
      <h2>{t('imports.report.title')}</h2>
      {(run.rowsRead > 0 || run.organisations === null) && (
        <DataTable
          caption={t('imports.report.caption')}
          captionHidden
          columns={[
            {
              key: 'what',
              label: t('imports.report.what'),
              cell: ({ key }) => t(key === 'changed' ? 'published.run.changed' : `imports.outcome.${key}`),
            },
            { key: 'count', label: t('published.run.activities'), kind: 'number', cell: (line) => t.number(line.count) },
          ]}
          rows={lines}
          rowKey={(line) => line.key}
          foot={[t('published.run.read'), t.number(run.rowsRead)]}
        />
      )}
      <SummaryList
        facts={[
          { label: t('published.run.warnings'), value: t.number(run.warnings) },
          { label: t('published.run.withdrawn'), value: t.number(run.withdrawn) },
          { label: t('published.run.conflicts'), value: t.number(run.conflicts) },
        ]}
      />
      <Upgrades request={request} run={run} />
    </>
  )
}

/** Mappings from older versions of the standard, each with how often it was used. */
function Upgrades({ request: { t, context }, run }: RunProps) {
  const { upgrades = {} } = (run.reading ?? {}) as { readonly upgrades?: Readonly<Record<string, number>> }
  const rows = Object.entries(upgrades).sort(([, a], [, b]) => b - a)
  if (rows.length === 0) return null
  const report = context.imports.reportOf(run.id)
  const resumed = report !== undefined && 'resumed' in report && report.resumed
  return (
    <>
      <h2>{t('published.upgrades.title')}</h2>
      <p class="muted">
        {t('published.upgrades.text')} {resumed && t('published.upgrades.resumed')}
      </p>
      <DataTable
        caption={t('published.upgrades.title')}
        captionHidden
        columns={[
          { key: 'what', label: t('published.upgrades.what'), cell: ([name]) => upgradeName(t, name) },
          { key: 'count', label: t('published.run.activities'), kind: 'number', cell: ([, count]) => t.number(count) },
        ]}
        rows={rows}
        rowKey={([name]) => name}
      />
    </>
  )
}

function upgradeName(t: PageRequest['t'], name: string): string {
  const key = `iati.upgrade.${name}`
  return t.has(key) ? t(key) : name
}

async function waitingQuestions({ t, at, context, actor }: PageRequest, run: ImportRun) {
  const { total } = await context.operations.run(listImportConflicts, { runId: run.id, limit: 1 }, actor)
  if (total === 0) return null
  return (
    <Notice title={t('published.run.questions', { count: total, shown: t.number(total) })}>
      <p>
        {t('published.run.questions-text')}{' '}
        <a href={`${at('/imports/questions')}?${new URLSearchParams({ run: run.id })}`}>{t('published.run.questions-link')}</a>
      </p>
    </Notice>
  )
}

async function validityOf({ t, at, context, actor }: PageRequest, run: ImportRun) {
  const validity: RunValidity = await context.operations.run(getRunValidity, { runId: run.id }, actor)
  const address = at(`/imports/${run.id}/validity`)
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{t('published.validity.rules')}</h2>
      {validity.rules.length > 0 && <p class="muted">{t('published.validity.text')}</p>}
      <RulesTable
        t={t}
        rules={validity.rules}
        hrefOf={({ code, level }) => `${address}?${new URLSearchParams({ rule: code, level })}`}
      />
    </section>
  )
}

/** A run: its progress while it is read, its report afterwards. The counts add up, and nothing is left unsaid. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { problemKindsOfRun } from '../../../../jobs/imports/problem-kinds.ts'
import type { SheetReading } from '../../../../jobs/imports/read-batches.ts'
import { getImportRun, type ImportRun } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  DataTable,
  DownloadLinks,
  Notice,
  Page,
  ProgressBar,
  Steps,
} from '../../../components/index.ts'
import { FILE_FORMATS } from '../../../list-files.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { KindsTable } from '../kinds-table.tsx'
import { publishedRunPage } from '../published/run-view.tsx'
import { originOfRun } from '../releases/run-origin.tsx'
import { OtherRows, SheetsTable } from '../sheets-table.tsx'
import { importSteps, isolated } from '../words.ts'

const REFRESH_SECONDS = 2

export async function runPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const { run } = await context.operations.run(getImportRun, { id: params.id ?? '', limit: 1 }, actor)
  if (run.isPublished) return publishedRunPage(request, run)
  const reading = run.state === 'staging'
  const again = await context.imports.of(actor).has(run.fileDigest)
  return {
    title: t('imports.run.title', { file: isolated(run.fileName) }),
    place: 'imports',
    noIndex: true,
    ...(reading ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: (
      <Page
        title={<bdi>{run.fileName}</bdi>}
        kicker={t('imports.run.kicker')}
        trail={[{ label: t('imports.title'), href: at('/imports') }]}
        provenance={{
          source: { label: run.fileName },
          at: run.startedAt,
          run: { label: run.id },
          state: run.state,
          stateLabel: t(`imports.state.${run.state}`),
        }}
      >
        {run.format !== 'release' && (
          <Steps
            label={t('imports.steps')}
            steps={importSteps(t, 'import', {
              choose: at('/imports'),
              ...(again
                ? { match: at(`/imports/new/${run.fileDigest}`), check: at(`/imports/new/${run.fileDigest}/check`) }
                : {}),
            })}
          />
        )}
        {reading ? (
          <Progress request={request} run={run} />
        ) : (
          <>
            <Result request={request} run={run} again={again} />
            {(run.state === 'applied' || run.state === 'undone') && <Report request={request} run={run} />}
            {run.format === 'release' && (await originOfRun(request, run.id))}
            {await problemsOf(request, run)}
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

function Progress({ request: { t, at, context }, run }: RunProps) {
  const expected = context.imports.expectedRows(run.id)
  return (
    <>
      <ProgressBar
        label={t('imports.run.reading')}
        done={expected === undefined ? run.rowsRead : Math.min(run.rowsRead, expected)}
        total={expected}
        refreshSeconds={REFRESH_SECONDS}
      />
      <p>{t('imports.run.nothing-visible')}</p>
      <form method="post" action={at(`/imports/${run.id}/cancel`)}>
        <ButtonRow>
          <Button kind="secondary">{t('imports.run.cancel')}</Button>
        </ButtonRow>
      </form>
    </>
  )
}

function Result({ request: { t, at }, run, again }: RunProps & { readonly again: boolean }) {
  const list = `${at('/initiatives')}?collection=${encodeURIComponent(run.collection)}`
  const repeat = again ? (
    <ButtonLink href={at(`/imports/new/${run.fileDigest}`)} kind="secondary">
      {t('imports.run.repeat')}
    </ButtonLink>
  ) : (
    <ButtonLink href={at('/imports')} kind="secondary">
      {t('imports.run.choose-again')}
    </ButtonLink>
  )
  if (run.state === 'applied') {
    const changes = run.created + run.changed
    return (
      <Notice
        kind="good"
        live
        title={
          changes === 0
            ? t('imports.run.unchanged', { count: run.unchanged, shown: t.number(run.unchanged) })
            : t('imports.run.done', { count: changes, shown: t.number(changes) })
        }
      >
        {changes === 0 && <p>{t('imports.run.unchanged-text')}</p>}
        <ButtonRow>
          <ButtonLink href={list}>{t('imports.run.see-list')}</ButtonLink>
          <ButtonLink href={`${at('/imports')}?${new URLSearchParams({ collection: run.collection })}`} kind="secondary">
            {t('imports.run.next-file')}
          </ButtonLink>
          {changes > 0 && (
            <ButtonLink href={at(`/imports/${run.id}/undo`)} kind="quiet">
              {t('imports.undo.link')}
            </ButtonLink>
          )}
        </ButtonRow>
      </Notice>
    )
  }
  return (
    <Notice kind={run.state === 'failed' ? 'bad' : 'note'} live title={t(`imports.run.${run.state}`)}>
      {run.failure && <p>{problemText(t, run.failure)}</p>}
      <p>{t(`imports.run.${run.state}-text`)}</p>
      <ButtonRow>{repeat}</ButtonRow>
    </Notice>
  )
}

function Report({ request: { t }, run }: RunProps) {
  const sheets = (run.reading ?? []) as readonly SheetReading[]
  const lines = [
    { key: 'created', count: run.created },
    { key: 'changed', count: run.changed },
    { key: 'unchanged', count: run.unchanged },
    { key: 'rejected', count: run.rejected },
  ]
  return (
    <>
      <h2>{t('imports.report.title')}</h2>
      <DataTable
        caption={t('imports.report.caption')}
        captionHidden
        columns={[
          { key: 'what', label: t('imports.report.what'), cell: (line) => t(`imports.outcome.${line.key}`) },
          { key: 'count', label: t('imports.report.rows'), kind: 'number', cell: (line) => t.number(line.count) },
        ]}
        rows={lines}
        rowKey={(line) => line.key}
        foot={[t('imports.report.sum'), t.number(run.rowsRead)]}
      />
      {sheets.length > 0 && (
        <>
          <h2>{t('imports.rows.heading')}</h2>
          <SheetsTable t={t} sheets={sheets} />
          <OtherRows t={t} sheets={sheets} />
        </>
      )}
    </>
  )
}

async function problemsOf(request: PageRequest, run: ImportRun) {
  const { t, at, context, actor } = request
  const kinds = await problemKindsOfRun(context.operations, actor, run.id)
  const address = at(`/imports/${run.id}/problems`)
  return (
    <section>
      <h2 id="problems">{t('imports.kinds.title')}</h2>
      {kinds.length > 0 && <p class="muted">{t('imports.kinds.text')}</p>}
      <KindsTable t={t} kinds={kinds} hrefOf={(kind) => `${address}?${new URLSearchParams({ kind: kind.code })}`} />
      {kinds.length > 0 && (
        <DownloadLinks
          label={t('imports.kinds.download')}
          links={FILE_FORMATS.map(({ format, extension }) => ({ format, href: `${address}.${extension}` }))}
        />
      )}
    </section>
  )
}

/** A check that stores nothing: its progress, then what would come of an import and everything that was found. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import type { FileCheck } from '../../../../jobs/imports/published/check-published-file.ts'
import type { PublishedImportReport } from '../../../../jobs/imports/published/import-published-file.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { listCollectionsQuery, type RuleCount } from '../../../../modules/registry/index.ts'
import { Button, ButtonLink, ButtonRow, Form, Notice, Page, Steps, SummaryList } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { OrganisationCountsTable } from '../published/run-organisations.tsx'
import { ReadingProgress } from '../published/run-view.tsx'
import { publishedSteps } from '../published/steps.ts'
import { proposedTarget, type Target } from '../published/target.ts'
import { isolated } from '../words.ts'
import { filterQuery, isChosen, readFilter, readOffset } from './filter.ts'
import { PROBLEMS_PER_PAGE, ProblemsSection, type ShownProblem } from './problems-section.tsx'
import { RulesTable } from './rules-table.tsx'

const REFRESH_SECONDS = 2

export async function checkValidityPage(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, params } = request
  const kept = context.imports.of(actor)
  const draft = await kept.draftOf(params.key ?? '')
  const path = await kept.pathOf(draft.key)
  const check = context.imports.checks.of(path)
  const fileHref = at(`/imports/new/${draft.key}`)
  // A restart forgets checks; the page of the file offers a new one.
  if (!check) return seeOther(fileHref)
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  return {
    title: t('published.validity.title', { file: isolated(draft.fileName) }),
    place: 'imports',
    noIndex: true,
    ...(check.state === 'reading' ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: (
      <Page
        title={<bdi>{draft.fileName}</bdi>}
        kicker={t('imports.check.kicker')}
        trail={[
          { label: t('imports.title'), href: at('/imports') },
          { label: draft.fileName, href: fileHref },
        ]}
        lead={t('published.check.lead', { collection: isolated(check.portfolio) })}
      >
        <Steps label={t('imports.steps')} steps={publishedSteps(t, 'check', { choose: at('/imports'), target: fileHref })} />
        {check.state === 'reading' ? (
          <Reading request={request} draft={draft} check={check} address={`${fileHref}/validity/stop`} />
        ) : (
          <Found
            request={request}
            draft={draft}
            check={check}
            shown={await problemsOf(request, path)}
            target={proposedTarget(draft, collections, [], check.portfolio)}
          />
        )}
      </Page>
    ),
  }
}

export async function stopCheck({ at, context, actor, params }: PageRequest): Promise<HttpResponse> {
  const key = params.key ?? ''
  await context.imports.checks.stop(await context.imports.of(actor).pathOf(key))
  return seeOther(at(`/imports/new/${key}`))
}

interface CheckProps {
  readonly request: PageRequest
  readonly draft: ImportDraft
  readonly check: FileCheck
}

function Reading({ request: { t }, draft, check, address }: CheckProps & { readonly address: string }) {
  return (
    <>
      <ReadingProgress
        t={t}
        fileName={draft.fileName}
        fileBytes={draft.fileBytes}
        bytesRead={check.bytesRead}
        moves
        label={t('published.check.reading')}
      />
      <SummaryList facts={[{ label: t('published.run.so-far'), value: t.number(check.read) }]} />
      <form method="post" action={address}>
        <ButtonRow>
          <Button kind="secondary">{t('published.check.stop')}</Button>
        </ButtonRow>
      </form>
    </>
  )
}

interface Shown {
  readonly rows: readonly ShownProblem[]
  readonly total: number
}

async function problemsOf({ context, query }: PageRequest, path: string): Promise<Shown> {
  const filter = readFilter(query)
  const from = readOffset(query)
  const rows: ShownProblem[] = []
  let total = 0
  for await (const problem of context.imports.checks.problems(path)) {
    if (!isChosen(filter, problem)) continue
    if (total >= from && rows.length < PROBLEMS_PER_PAGE) rows.push({ ...problem, key: String(total) })
    total += 1
  }
  return { rows, total }
}

function Found({ request, draft, check, shown, target }: CheckProps & { readonly shown: Shown; readonly target: Target }) {
  const { t, at, query } = request
  const fileHref = at(`/imports/new/${draft.key}`)
  const address = `${fileHref}/validity`
  const rules = sortedRules(check)
  const { report } = check
  return (
    <>
      {check.failure && (
        <Notice kind="bad" live title={t('published.check.failed')}>
          <p>{problemText(t, check.failure)}</p>
        </Notice>
      )}
      {report && (
        <SummaryList
          layout="card"
          facts={[
            { label: t('published.run.read'), value: t.number(report.read) },
            { label: t('imports.outcome.created'), value: t.number(report.created) },
            { label: t('published.check.known'), value: t.number(report.changed) },
            { label: t('imports.outcome.unchanged'), value: t.number(report.unchanged) },
            { label: t('imports.outcome.rejected'), value: t.number(report.rejected) },
            { label: t('published.run.withdrawn'), value: t.number(report.withdrawn) },
          ]}
        />
      )}
      {report?.organisations && (
        <section aria-labelledby="organisations">
          <h2 id="organisations">{t('published.run.organisations')}</h2>
          <OrganisationCountsTable t={t} counts={report.organisations} />
        </section>
      )}
      <Form action={fileHref} hidden={targetFields(target)}>
        <ButtonRow>
          {report && hasSomething(report) && (
            <Button name="do" value="import">
              {t('published.file.import')}
            </Button>
          )}
          <Button kind="secondary" name="do" value="check">
            {t('published.check.again')}
          </Button>
          <ButtonLink href={fileHref} kind="secondary">
            {t('published.check.change')}
          </ButtonLink>
        </ButtonRow>
      </Form>
      <section aria-labelledby="rules">
        <h2 id="rules">{t('published.validity.rules')}</h2>
        <p class="muted">{t('published.validity.text')}</p>
        <RulesTable
          t={t}
          rules={rules}
          hrefOf={({ code, level }) => `${address}${filterQuery({ rule: code, level })}#problems`}
        />
      </section>
      <ProblemsSection
        request={request}
        path={`/imports/new/${draft.key}/validity`}
        rules={rules}
        filter={readFilter(query)}
        rows={shown.rows}
        total={shown.total}
        from={readOffset(query)}
      />
    </>
  )
}

/** Whether anything of the file would be stored. */
function hasSomething({ read, rejected, organisations }: PublishedImportReport): boolean {
  return read > rejected || (organisations !== null && organisations.read > organisations.rejected)
}

/** The target as it was chosen, so that the button of this page imports what was checked. */
function targetFields({ key, isNew, name, entryState }: Target): Record<string, string> {
  return isNew
    ? { collection: '+new', 'new-key': key, 'new-name': name, entry: entryState }
    : { collection: key, entry: entryState }
}

function sortedRules({ rules }: FileCheck): RuleCount[] {
  return [...rules.values()].sort(
    (a, b) => Number(b.level === 'error') - Number(a.level === 'error') || b.count - a.count || (a.code < b.code ? -1 : 1),
  )
}

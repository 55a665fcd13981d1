/** The dry run: what the rows would do, the problems by kind, the first rows as they would be stored; then the button that imports. */
import { checkTableFile, type TableCheck } from '../../../../jobs/imports/check-table-file.ts'
import type { ImportRequest } from '../../../../jobs/imports/import-table-file.ts'
import type { ImportChoices, ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import { identifiersInDoubt } from '../../../../jobs/imports/planned-changes.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { localizedText } from '../../../../kernel/localized-text.ts'
import { Button, ButtonLink, ButtonRow, Form, Notice, Page, Steps, SummaryList } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { KindsTable } from '../kinds-table.tsx'
import { OtherRows, SheetsTable } from '../sheets-table.tsx'
import { importSteps, isolated } from '../words.ts'
import { ChangesTable } from './changes-table.tsx'
import { StoredRows } from './stored-rows.tsx'

export async function checkPage(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, params } = request
  const draft = await context.imports.of(actor).draftOf(params.key ?? '')
  const matchHref = at(`/imports/new/${draft.key}`)
  if (draft.choices === null) return seeOther(matchHref)
  const check = await checkTableFile(context.operations, actor, await importRequest(request, draft, draft.choices))
  return {
    title: t('imports.check.title', { file: isolated(draft.fileName) }),
    place: 'imports',
    noIndex: true,
    body: (
      <Page
        title={<bdi>{draft.fileName}</bdi>}
        kicker={t('imports.check.kicker')}
        trail={[{ label: t('imports.title'), href: at('/imports') }]}
        lead={<Outcome request={request} check={check} choices={draft.choices} />}
      >
        <Steps label={t('imports.steps')} steps={importSteps(t, 'check', { choose: at('/imports'), match: matchHref })} />
        {!check.complete && (
          <Notice title={t('imports.check.part', { count: check.checkedRows, shown: t.number(check.checkedRows) })}>
            <p>{t('imports.check.part-text')}</p>
          </Notice>
        )}
        <SummaryList
          layout="card"
          facts={(['created', 'changed', 'unchanged', 'rejected'] as const).map((key) => ({
            label: t(`imports.outcome.${key}`),
            value: t.number(check[key]),
          }))}
        />
        {identifiersInDoubt(check.replaced, check.changedRecords) && (
          <Notice kind="bad" title={t('imports.changes.doubt', { count: check.replaced, shown: t.number(check.replaced) })}>
            <p>{t('imports.changes.doubt-text')}</p>
          </Notice>
        )}
        <ImportForm request={request} check={check} address={`${matchHref}/check`} matchHref={matchHref} />
        <ChangesTable t={t} changes={check.changes} changed={check.changedRecords} />
        <h2>{t('imports.kinds.title')}</h2>
        <p class="muted">{t('imports.kinds.text')}</p>
        <KindsTable t={t} kinds={check.kinds} />
        <h2>{t('imports.check.first-rows')}</h2>
        <StoredRows t={t} rows={check.firstRows} />
        <h2>{t('imports.rows.heading')}</h2>
        {check.complete && <SheetsTable t={t} sheets={check.sheets} />}
        <OtherRows t={t} sheets={check.sheets} />
      </Page>
    ),
  }
}

interface PartProps {
  readonly request: PageRequest
  readonly check: TableCheck
}

function Outcome({ request: { t }, check, choices }: PartProps & { readonly choices: ImportChoices }) {
  const name = choices.collection.isNew && choices.collection.name !== '' ? choices.collection.name : choices.collection.key
  const rows = check.totalRows
  return (
    <p>
      {rows === undefined
        ? t('imports.check.lead-many', { collection: name })
        : t('imports.check.lead', { count: rows, rows: t.number(rows), collection: name })}
      {check.complete && check.created + check.changed === 0 && check.unchanged > 0 && <> {t('imports.check.nothing-new')}</>}
    </p>
  )
}

function ImportForm({
  request: { t },
  check,
  address,
  matchHref,
}: PartProps & { readonly address: string; readonly matchHref: string }) {
  const rows = check.totalRows === undefined ? undefined : check.complete ? check.checkedRows - check.rejected : check.totalRows
  const label =
    rows === undefined
      ? t('imports.check.import-all')
      : t('imports.check.import', {
          count: rows,
          rows: check.complete ? t.number(rows) : t('imports.about', { number: t.number(rows) }),
        })
  return (
    <Form action={address} hidden={check.totalRows === undefined ? {} : { rows: String(check.totalRows) }}>
      <ButtonRow>
        {check.checkedRows - check.rejected > 0 && <Button>{label}</Button>}
        <ButtonLink href={matchHref} kind="secondary">
          {t('imports.check.change')}
        </ButtonLink>
      </ButtonRow>
      {check.rejected > 0 && (
        <p class="muted">{t('imports.check.left-out', { count: check.rejected, shown: t.number(check.rejected) })}</p>
      )}
    </Form>
  )
}

/** Starts the run and leads to its page; the rows come in while that page is looked at. */
export async function runImport(request: PageRequest): Promise<HttpResponse> {
  const { at, context, actor, params, form } = request
  const draft = await context.imports.of(actor).draftOf(params.key ?? '')
  if (draft.choices === null) return seeOther(at(`/imports/new/${draft.key}`))
  const rows = Number(form.get('rows') ?? '')
  const expected = Number.isSafeInteger(rows) && rows > 0 ? rows : undefined
  const run = await context.imports.start(await importRequest(request, draft, draft.choices), actor, expected)
  await context.imports.of(actor).saveDraft({ ...draft, importedAs: run.id })
  return seeOther(at(`/imports/${run.id}`))
}

async function importRequest(
  { context, actor }: PageRequest,
  draft: ImportDraft,
  choices: ImportChoices,
): Promise<ImportRequest> {
  const { key, isNew, name, entryState } = choices.collection
  return {
    path: await context.imports.of(actor).pathOf(draft.key),
    fileName: draft.fileName,
    portfolio: key,
    mappings: choices.mappings,
    ...(choices.language === 'und' ? {} : { language: choices.language }),
    ...(isNew ? { collection: { entryState, names: localizedText(name === '' ? key : name) } } : {}),
  }
}

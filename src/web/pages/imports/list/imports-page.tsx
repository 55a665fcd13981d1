/** Start of an import: choose a file; what waits; what was imported; templates and saved mappings. */
import { listLanguages, ownNameOf } from '../../../../i18n/languages.ts'
import { parseMapping } from '../../../../interop/tables/index.ts'
import type { ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import {
  type Collection,
  type ImportRun,
  listCollectionsQuery,
  listImportMappings,
  listImportRuns,
} from '../../../../modules/registry/index.ts'
import {
  Button,
  DataTable,
  EmptyState,
  ErrorSummary,
  type FormError,
  Page,
  Panel,
  StatePill,
  Steps,
} from '../../../components/index.ts'
import { listFileLinks } from '../../../list-files.ts'
import { type PeopleNames, peopleNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { AddressesSection, listSchedules } from '../addresses/addresses-section.tsx'
import { PublishedLinks } from '../published/published-links.tsx'
import { importSteps, RUN_TONES, sizeText } from '../words.ts'
import { UploadForm } from './upload-form.tsx'

export const SHOWN_RUNS = 50

interface Stock {
  readonly runs: readonly ImportRun[]
  readonly waiting: readonly ImportDraft[]
  readonly collections: readonly Collection[]
  readonly mappings: readonly { name: string; mapping: unknown; updatedAt: string; updatedBy: string }[]
}

export async function importsPage(request: PageRequest, errors: readonly FormError[] = []): Promise<PageContent> {
  const { t, at, context, actor } = request
  const { operations } = context
  const stock: Stock = {
    runs: await operations.run(listImportRuns, { limit: SHOWN_RUNS }, actor),
    waiting: await context.imports.of(actor).listWaiting(),
    collections: await operations.run(listCollectionsQuery, {}, actor),
    mappings: await operations.run(listImportMappings, {}, actor),
  }
  const schedules = await listSchedules(request)
  const people = await peopleNames(request, [
    ...stock.runs.map(({ startedBy }) => startedBy),
    ...stock.mappings.map(({ updatedBy }) => updatedBy),
  ])
  return {
    title: t('imports.title'),
    place: 'imports',
    noIndex: true,
    script: 'upload',
    ...(errors.length > 0 ? { status: 422 } : {}),
    about: {
      definitions: [{ label: t('imports.about.codes'), href: at('/code-lists') }],
      downloads: listFileLinks({ ...request, query: new URLSearchParams() }, '/imports/runs', stock.runs.length),
    },
    body: (
      <Page title={t('imports.title')} lead={t('imports.lead')}>
        <ErrorSummary errors={errors} />
        <Steps label={t('imports.steps')} steps={importSteps(t, 'choose', {})} />
        <UploadForm request={request} error={errors[0]?.message} />
        <Waiting request={request} waiting={stock.waiting} />
        <Runs request={request} stock={stock} people={people} />
        <PublishedLinks request={request} />
        <AddressesSection request={request} schedules={schedules} collections={stock.collections} />
        <SavedMappings request={request} mappings={stock.mappings} people={people} />
        <Templates request={request} collections={stock.collections} />
      </Page>
    ),
  }
}

function Waiting({ request, waiting }: { readonly request: PageRequest; readonly waiting: readonly ImportDraft[] }) {
  const { t, at } = request
  if (waiting.length === 0) return null
  return (
    <Panel title={t('imports.waiting.title')} id="waiting">
      <DataTable
        caption={t('imports.waiting.title')}
        captionHidden
        columns={[
          {
            key: 'file',
            label: t('imports.column.file'),
            cell: (draft) => (
              <a href={at(`/imports/new/${draft.key}`)}>
                <bdi>{draft.fileName}</bdi>
              </a>
            ),
          },
          { key: 'size', label: t('imports.column.size'), kind: 'number', cell: (draft) => sizeText(t, draft.fileBytes) },
          { key: 'received', label: t('imports.column.received'), cell: (draft) => t.instant(draft.receivedAt) },
          {
            key: 'discard',
            label: t('imports.column.actions'),
            cell: (draft) => (
              <form method="post" action={at(`/imports/new/${draft.key}/discard`)}>
                <Button kind="quiet" ariaLabel={t('imports.discard.file', { file: draft.fileName })}>
                  {t('imports.discard')}
                </Button>
              </form>
            ),
          },
        ]}
        rows={waiting}
        rowKey={(draft) => draft.key}
      />
    </Panel>
  )
}

function Templates({ request, collections }: { readonly request: PageRequest; readonly collections: readonly Collection[] }) {
  const { t } = request
  return (
    <Panel title={t('imports.templates.title')} id="templates">
      <p>{t('imports.templates.text')}</p>
      <ul>
        {listLanguages().map((lang) => (
          <li key={lang}>
            <a href={`/${lang}/imports/template.xlsx`} hreflang={lang} lang={lang} download>
              <bdi>{ownNameOf(lang)}</bdi>
            </a>{' '}
            <span class="muted">
              (<bdi>XLSX</bdi>)
            </span>
          </li>
        ))}
      </ul>
      {collections.length > 0 && (
        <>
          <h3>{t('imports.templates.filled')}</h3>
          <ul>
            {collections.map(({ key, names }) => (
              <li key={key}>
                <a href={`${request.at('/imports/template.xlsx')}?collection=${encodeURIComponent(key)}`} download>
                  <bdi>{textFor(names, t.lang)?.text ?? key}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

interface RunsProps {
  readonly request: PageRequest
  readonly stock: Stock
  readonly people: PeopleNames
}

function Runs({ request, stock, people }: RunsProps) {
  const { t, at } = request
  const nameOf = (key: string) => textFor(stock.collections.find((one) => one.key === key)?.names, t.lang)?.text ?? key
  return (
    <section>
      <h2 id="runs">{t('imports.runs.title')}</h2>
      <DataTable
        caption={t('imports.runs.title')}
        captionHidden
        columns={[
          {
            key: 'file',
            label: t('imports.column.file'),
            rowHeader: true,
            cell: (run) => (
              <>
                <a href={at(`/imports/${run.id}`)}>
                  <bdi>{run.fileName}</bdi>
                </a>
                {run.organisations && (
                  <>
                    <br />
                    <span class="muted">
                      {t('registry.list.set', {
                        field: t('published.run.organisations'),
                        value: t.number(run.organisations.read),
                      })}
                    </span>
                  </>
                )}
              </>
            ),
          },
          {
            key: 'collection',
            label: t('imports.column.collection'),
            cell: (run) => (
              <a href={`${at('/initiatives')}?collection=${encodeURIComponent(run.collection)}`}>
                <bdi>{nameOf(run.collection)}</bdi>
              </a>
            ),
          },
          {
            key: 'when',
            label: t('imports.column.when'),
            cell: (run) => (
              <>
                {t.instant(run.startedAt)}
                <br />
                <WhoText name={people(run.startedBy)} />
              </>
            ),
          },
          { key: 'read', label: t('imports.column.read'), kind: 'number', cell: (run) => t.number(run.rowsRead) },
          { key: 'created', label: t('imports.column.created'), kind: 'number', cell: (run) => t.number(run.created) },
          { key: 'changed', label: t('imports.column.changed'), kind: 'number', cell: (run) => t.number(run.changed) },
          { key: 'unchanged', label: t('imports.column.unchanged'), kind: 'number', cell: (run) => t.number(run.unchanged) },
          { key: 'rejected', label: t('imports.column.rejected'), kind: 'number', cell: (run) => t.number(run.rejected) },
          {
            key: 'state',
            label: t('imports.column.state'),
            cell: (run) => <StatePill state={run.state} label={t(`imports.state.${run.state}`)} tone={RUN_TONES[run.state]} />,
          },
        ]}
        rows={stock.runs}
        rowKey={(run) => run.id}
        empty={<EmptyState title={t('imports.runs.none')} />}
      />
    </section>
  )
}

function WhoText({ name }: { readonly name: string }) {
  return (
    <span class="muted">
      <bdi>{name}</bdi>
    </span>
  )
}

interface SavedMappingsProps {
  readonly request: PageRequest
  readonly mappings: Stock['mappings']
  readonly people: PeopleNames
}

function SavedMappings({ request: { t }, mappings, people }: SavedMappingsProps) {
  return (
    <section>
      <h2 id="mappings">{t('imports.mappings.title')}</h2>
      <DataTable
        caption={t('imports.mappings.title')}
        captionHidden
        columns={[
          { key: 'name', label: t('imports.column.name'), cell: (saved) => <bdi>{saved.name}</bdi> },
          {
            key: 'columns',
            label: t('imports.column.columns'),
            kind: 'number',
            cell: (saved) => t.number(columnCount(saved.mapping)),
          },
          {
            key: 'saved',
            label: t('imports.column.saved'),
            cell: (saved) => (
              <>
                {t.instant(saved.updatedAt)}
                <br />
                <WhoText name={people(saved.updatedBy)} />
              </>
            ),
          },
        ]}
        rows={mappings}
        rowKey={(saved) => saved.name}
        empty={<EmptyState title={t('imports.mappings.none')} />}
      />
    </section>
  )
}

function columnCount(mapping: unknown): number {
  const first: unknown = Array.isArray(mapping) ? mapping[0] : mapping
  return parseMapping(first).columns.length
}

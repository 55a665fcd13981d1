/** What came of it, and where it is written. */
import type { Translator } from '../../../../i18n/translator.ts'
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import { type Column, DataTable } from '../../../components/index.ts'
import { partyLabel } from '../words.ts'
import type { DetailProps } from './detail-page.tsx'
import { IndicatorsTable } from './indicators.tsx'
import { statedColumns } from './stated-columns.ts'

type Result = NonNullable<InitiativeFacts['results']>[number]

/** Shown of a list that a published file may make very long. */
const SHOWN = 30

function More({ t, count }: { readonly t: Translator; readonly count: number }) {
  return count > 0 ? <p class="muted">{t('published.fact.more', { count, shown: t.number(count) })}</p> : null
}

export function ResultsSection(props: DetailProps) {
  const {
    request: { t },
    view,
    naming,
  } = props
  const { facts } = view.record
  const shown = facts.results?.slice(0, SHOWN) ?? []
  const party = (no: string | undefined) => {
    const partner = (facts.partners ?? []).find((one) => one.no === no)
    return partner && partyLabel(t, partner, naming.orgs)
  }
  const columns: Column<Result>[] = [
    { key: 'statement', label: t('registry.fact.statement'), cell: (row) => <bdi>{row.statement}</bdi> },
    { key: 'level', label: t('registry.fact.level'), cell: (row) => row.level && t(`registry.level.${row.level}`) },
    { key: 'indicator', label: t('registry.fact.indicator'), cell: (row) => row.indicator && <bdi>{row.indicator}</bdi> },
    { key: 'baseline', label: t('registry.fact.baseline'), cell: (row) => row.baseline },
    { key: 'target', label: t('registry.fact.target'), cell: (row) => row.target },
    { key: 'actual', label: t('registry.fact.actual'), cell: (row) => row.actual },
    { key: 'taker', label: t('registry.fact.taker'), cell: (row) => party(row.taker) },
  ]
  return (
    <section aria-labelledby="results">
      <h2 id="results">{t('registry.detail.results')}</h2>
      {facts.results?.length ? (
        <DataTable
          caption={t('registry.detail.results')}
          captionHidden
          columns={statedColumns(columns, shown)}
          rows={shown}
          rowKey={(row) => JSON.stringify(row)}
        />
      ) : (
        <p>{t('registry.detail.no-results')}</p>
      )}
      <More t={t} count={(facts.results?.length ?? 0) - SHOWN} />
      <IndicatorsTable {...props} />
    </section>
  )
}

export function DocumentsSection({ request: { t }, view }: DetailProps) {
  const documents = view.record.facts.documents ?? []
  return (
    <section aria-labelledby="documents">
      <h2 id="documents">{t('registry.detail.documents')}</h2>
      {documents.length === 0 ? (
        <p>{t('registry.detail.no-documents')}</p>
      ) : (
        <ul>
          {documents.slice(0, SHOWN).map((document) => (
            <li key={JSON.stringify(document)}>
              {isWebAddress(document.url) ? (
                <a href={document.url} rel="noreferrer">
                  <bdi>{document.title ?? document.url}</bdi>
                </a>
              ) : (
                <bdi>{document.title ?? document.url}</bdi>
              )}
              {document.date !== undefined && <span class="muted"> {t.date(document.date)}</span>}
            </li>
          ))}
        </ul>
      )}
      <More t={t} count={documents.length - SHOWN} />
    </section>
  )
}

/** Imported rows may hold anything where an address is expected; only addresses of the web become links. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url)
}

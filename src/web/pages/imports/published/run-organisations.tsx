/** What a run found about organisations themselves: counts of their own, and the new and changed ones with their pages. */
import {
  type ImportRun,
  listRunOrganisations,
  type OrganisationCounts,
  type RunOrganisation,
} from '../../../../modules/registry/index.ts'
import { type Column, DataTable, LocalizedTextView } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'

const LISTED = 100
const OUTCOMES = ['created', 'changed', 'unchanged', 'rejected'] as const

interface RunOrganisationsProps {
  readonly request: PageRequest
  readonly run: ImportRun
  readonly counts: OrganisationCounts
}

export async function runOrganisations({ request, run, counts }: RunOrganisationsProps) {
  const { t, context, actor } = request
  const isThere = run.state === 'applied' && counts.created + counts.changed > 0
  const listed = isThere ? await context.operations.run(listRunOrganisations, { runId: run.id, limit: LISTED }, actor) : []
  const rest = counts.created + counts.changed - listed.length
  return (
    <section aria-labelledby="organisations">
      <h2 id="organisations">{t('published.run.organisations')}</h2>
      <p class="muted">{t('published.run.organisations-text')}</p>
      <OrganisationCountsTable t={t} counts={counts} />
      {listed.length > 0 && (
        <>
          <DataTable
            caption={t('published.run.organisations-list')}
            columns={columnsOf(request)}
            rows={listed}
            rowKey={({ identifier }) => identifier}
          />
          {rest > 0 && <p class="muted">{t('published.fact.more', { count: rest, shown: t.number(rest) })}</p>}
        </>
      )}
    </section>
  )
}

interface CountsProps {
  readonly t: PageRequest['t']
  readonly counts: OrganisationCounts
}

export function OrganisationCountsTable({ t, counts }: CountsProps) {
  return (
    <DataTable
      caption={t('published.run.organisations')}
      captionHidden
      columns={[
        { key: 'what', label: t('imports.report.what'), cell: (outcome) => outcomeText(t, outcome) },
        { key: 'count', label: t('published.run.organisations'), kind: 'number', cell: (outcome) => t.number(counts[outcome]) },
      ]}
      rows={OUTCOMES}
      rowKey={(outcome) => outcome}
      foot={[t('published.run.organisations-read'), t.number(counts.read)]}
    />
  )
}

/** What came in, in a word: of a file without activities its organisations are told. */
export function resultTitle(t: PageRequest['t'], { created, changed, unchanged, rowsRead, organisations }: ImportRun): string {
  const isOfOrganisations = rowsRead === 0 && organisations !== null
  const counts = isOfOrganisations ? organisations : { created, changed, unchanged }
  const isNew = counts.created + counts.changed > 0
  const count = isNew ? counts.created + counts.changed : counts.unchanged
  const words = isNew ? 'done' : 'unchanged'
  return t(`published.run.${isOfOrganisations ? 'organisations-' : ''}${words}`, { count, shown: t.number(count) })
}

function outcomeText(t: PageRequest['t'], outcome: (typeof OUTCOMES)[number]): string {
  if (outcome === 'created') return t('published.run.new')
  return t(outcome === 'changed' ? 'published.run.changed' : `imports.outcome.${outcome}`)
}

function columnsOf({ t, at }: PageRequest): Column<RunOrganisation>[] {
  return [
    {
      key: 'organisation',
      label: t('published.run.organisation'),
      cell: ({ identifier, name, orgId }) => (
        <>
          <a
            href={
              orgId === null
                ? `${at('/organisations/published')}?${new URLSearchParams({ identifier })}`
                : `${at(`/organisations/${orgId}`)}#published`
            }
          >
            {name ? <LocalizedTextView value={name} /> : <bdi>{identifier}</bdi>}
          </a>
          {orgId === null && <span class="muted"> {t('published.run.not-in-directory')}</span>}
        </>
      ),
    },
    { key: 'identifier', label: t('registry.orgs.iati'), cell: ({ identifier }) => <bdi dir="ltr">{identifier}</bdi> },
    { key: 'outcome', label: t('published.run.outcome'), cell: ({ outcome }) => outcomeText(t, outcome) },
  ]
}

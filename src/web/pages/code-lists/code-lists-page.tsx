/** Every code list and reference table that the program uses: where it is from, under which licence, in which version. */
import { type CodeListEntry, listCodeLists } from '../../../codes/index.ts'
import { type Column, DataTable, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'

export async function codeListsPage(request: PageRequest): Promise<PageContent> {
  const { t } = request
  const title = t('registry.codes.title')
  const entries = listCodeLists().sort((a, b) => t.compare(t(a.titleKey), t(b.titleKey)))
  return {
    title,
    body: (
      <Page title={title} lead={t('registry.codes.lead')}>
        {(['closed-list', 'table'] as const).map((kind) => (
          <section key={kind}>
            <h2 id={kind}>{t(`registry.codes.${kind}`)}</h2>
            <DataTable
              caption={t(`registry.codes.${kind}`)}
              captionHidden
              columns={columnsOf(request, kind)}
              rows={entries.filter((entry) => entry.kind === kind)}
              rowKey={({ key }) => key}
            />
          </section>
        ))}
      </Page>
    ),
  }
}

function columnsOf({ t, at }: PageRequest, kind: CodeListEntry['kind']): Column<CodeListEntry>[] {
  const columns: Column<CodeListEntry>[] = [
    {
      key: 'name',
      label: t('registry.codes.list'),
      cell: ({ key, titleKey }) => (
        <>
          <a href={at(`/code-lists/${key}`)}>{t(titleKey)}</a>
          <br />
          <bdi class="muted" dir="ltr">
            {key}
          </bdi>
        </>
      ),
    },
    { key: 'rows', label: t('registry.codes.rows'), kind: 'number', cell: ({ rows }) => t.number(rows) },
  ]
  if (kind === 'closed-list') return columns
  return [
    ...columns,
    { key: 'version', label: t('registry.codes.version'), cell: ({ version }) => <bdi>{version}</bdi> },
    { key: 'licence', label: t('registry.collections.licence'), cell: ({ licence }) => <bdi>{licence}</bdi> },
    { key: 'source', label: t('components.provenance.source'), cell: ({ source }) => <bdi>{source}</bdi> },
  ]
}

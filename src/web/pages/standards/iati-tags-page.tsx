/** The vocabulary of Sursur's tags in IATI files: every code with its name, in the language of the page. */
import { codeName, listCodes } from '../../../codes/index.ts'
import { FRAMEWORK_TAGS, OWN_TAG_LISTS, OWN_VOCABULARY, OWN_VOCABULARY_URI } from '../../../interop/iati/index.ts'
import { type Column, DataTable, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'

interface TagRow {
  readonly code: string
  readonly name: string
}

export async function iatiTagsPage({ t, at }: PageRequest): Promise<PageContent> {
  const title = t('standards.tags-title')
  const frameworks = FRAMEWORK_TAGS.map(({ code, framework }) => ({ code, name: codeName('framework', framework, t.lang) }))
  const others = OWN_TAG_LISTS.flatMap(({ start, list }) =>
    listCodes(list)
      .filter(({ withdrawn }) => !withdrawn)
      .map(({ code }) => ({ code: `${start}${code}`, name: codeName(list, code, t.lang) })),
  )
  const columns: Column<TagRow>[] = [
    {
      key: 'code',
      label: t('standards.code'),
      cell: ({ code }) => (
        <code dir="ltr">
          <bdi>{code}</bdi>
        </code>
      ),
    },
    { key: 'name', label: t('standards.meaning'), cell: ({ name }) => name },
  ]
  return {
    title,
    body: (
      <Page
        title={title}
        lead={t('standards.tags-lead')}
        trail={[{ label: t('standards.iati-title'), href: at('/standards/iati') }]}
      >
        <SummaryList
          layout="card"
          facts={[
            { label: t('standards.vocabulary'), value: <bdi dir="ltr">{OWN_VOCABULARY}</bdi> },
            { label: t('standards.vocabulary-uri'), value: <bdi dir="ltr">{OWN_VOCABULARY_URI}</bdi> },
          ]}
        />
        <DataTable
          caption={title}
          captionHidden
          columns={columns}
          rows={[...frameworks, ...others]}
          rowKey={({ code }) => code}
        />
      </Page>
    ),
  }
}

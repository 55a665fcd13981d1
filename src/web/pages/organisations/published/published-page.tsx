/** An organisation that the directory does not know and that publishes about itself. Once it is registered, its own page shows this. */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { LocalizedTextView, Notice, Page } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { PublishedSection, publicationsOf } from './published-section.tsx'

export async function publishedPage(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, query } = request
  const identifier = query.get('identifier') ?? ''
  const found = await publicationsOf(request, { identifier })
  const [publication] = found.publications
  if (!publication) throw new Problem('directory.org-missing', { org: identifier })
  const { name, orgId } = publication
  if (orgId !== null) return seeOther(`${at(`/organisations/${orgId}`)}#published`)
  return {
    title: textFor(name ?? undefined, t.lang)?.text ?? identifier,
    place: 'initiatives',
    noIndex: true,
    body: (
      <Page
        title={name ? <LocalizedTextView value={name} /> : <bdi>{identifier}</bdi>}
        kicker={t('registry.field.org')}
        trail={[{ label: t('registry.orgs.title'), href: at('/organisations') }]}
      >
        <Notice title={identifier}>
          <p>{t('published.org.unknown')}</p>
        </Notice>
        <PublishedSection request={request} org={{ identifier }} found={found} />
      </Page>
    ),
  }
}

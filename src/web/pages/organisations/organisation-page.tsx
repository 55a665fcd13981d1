/** One organisation: its names and identifiers, and the initiatives in which it is a partner, by role. */
import { areaName, codeName } from '../../../codes/index.ts'
import { directionOf, ownNameOf } from '../../../i18n/languages.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { getOrgQuery, type Org } from '../../../modules/directory/index.ts'
import { listOrgInitiatives, type OrgInitiative } from '../../../modules/registry/index.ts'
import {
  ButtonLink,
  type Column,
  DataTable,
  EmptyState,
  LocalizedTextView,
  Notice,
  NotStated,
  Page,
  SummaryList,
  Tag,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { acronymOf } from './organisations-page.tsx'
import { PublishedSection, publicationsOf } from './published/published-section.tsx'

export async function organisationPage(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, query } = request
  const org = await context.operations.run(getOrgQuery, { org: request.params.id ?? '' }, actor)
  // A merged record leads to the one that stays.
  if (org.duplicateOf !== null) return seeOther(at(`/organisations/${org.duplicateOf}`))
  const initiatives = await context.operations.run(listOrgInitiatives, { orgId: org.id }, actor)
  const published = await publicationsOf(request, { orgId: org.id })
  const title = textFor(org.names, t.lang)?.text ?? org.id
  const roles = new Map<string | null, number>()
  for (const { role } of initiatives) roles.set(role, (roles.get(role) ?? 0) + 1)
  return {
    title,
    place: 'initiatives',
    about: {},
    body: (
      <Page
        title={<LocalizedTextView value={org.names} />}
        kicker={acronymOf(org, t.lang) ?? t('registry.field.org')}
        trail={[{ label: t('registry.orgs.title'), href: at('/organisations') }]}
        actions={<Actions request={request} org={org} />}
      >
        {query.has('merge') && <Notice kind="good" live title={t('directory.merge.done')} />}
        {query.has('undone') && <Notice kind="good" live title={t('directory.undo.done')} />}
        <SummaryList layout="card" facts={factsOf(request, org)} />
        <section>
          <h2 id="initiatives">{t('registry.orgs.initiatives')}</h2>
          {initiatives.length > 0 && (
            <ul class="provenance" aria-label={t('codes.list.role')}>
              {[...roles].map(([role, count]) => (
                <li key={role}>
                  {role === null ? (
                    <NotStated count={count} />
                  ) : (
                    t('registry.orgs.role-count', { role: codeName('role', role, t.lang), count: t.number(count) })
                  )}
                </li>
              ))}
            </ul>
          )}
          <DataTable
            caption={t('registry.orgs.initiatives')}
            captionHidden
            columns={columnsOf(request)}
            rows={initiatives}
            rowKey={({ id, role }) => `${id} ${role}`}
            empty={<EmptyState title={t('registry.orgs.no-initiatives')} />}
          />
        </section>
        <PublishedSection request={request} org={{ orgId: org.id }} found={published} />
        <section>
          <h2 id="names">{t('registry.orgs.names')}</h2>
          <SummaryList
            facts={Object.entries(org.names.texts).map(([lang, text]) => ({
              label: lang === 'und' ? t('components.not-stated') : ownNameOf(lang),
              value: (
                <bdi lang={lang} dir={lang === 'und' ? 'auto' : directionOf(lang)}>
                  {text}
                </bdi>
              ),
            }))}
          />
        </section>
      </Page>
    ),
  }
}

function Actions({ request: { t, at, may }, org }: { readonly request: PageRequest; readonly org: Org }) {
  return (
    <>
      {may('directory.person.read') && (
        <ButtonLink href={at(`/people?org=${org.id}`)} kind="secondary">
          {t('people.title')}
        </ButtonLink>
      )}
      {may('directory.org.merge') && (
        <ButtonLink href={at(`/organisations/merge?org=${org.id}`)} kind="quiet">
          {t('directory.merge.with-another')}
        </ButtonLink>
      )}
    </>
  )
}

function factsOf({ t, at }: PageRequest, org: Org) {
  return [
    { label: t('codes.list.orgType'), value: codeName('orgType', org.orgType, t.lang) },
    {
      label: t('registry.orgs.seat'),
      value:
        org.countryCode === null ? undefined : (
          <a href={at(`/countries/${org.countryCode}`)}>{areaName(org.countryCode, t.lang)}</a>
        ),
    },
    { label: t('registry.orgs.iati'), value: org.iatiId === null ? undefined : <bdi dir="ltr">{org.iatiId}</bdi> },
    { label: t('registry.orgs.un'), value: t(org.partOfUnSystem ? 'registry.yes' : 'registry.no') },
    {
      label: t('registry.orgs.members'),
      value:
        org.memberCountries.length > 0
          ? t.list(org.memberCountries.map(({ country }) => areaName(country, t.lang)).sort(t.compare))
          : org.collective
            ? undefined
            : '–',
    },
  ]
}

function columnsOf({ t, at }: PageRequest): Column<OrgInitiative>[] {
  return [
    {
      key: 'title',
      label: t('registry.column.title'),
      cell: ({ id, title, identifier, collectionKind }) => (
        <>
          <a href={at(`/initiatives/${id}`)}>
            {title ? <LocalizedTextView value={title} /> : t('registry.detail.untitled', { id: identifier ?? id.slice(-6) })}
          </a>{' '}
          {collectionKind === 'sample' && <Tag tone="note">{t('registry.collection-kind.sample')}</Tag>}
        </>
      ),
    },
    { key: 'role', label: t('codes.list.role'), cell: ({ role }) => role && codeName('role', role, t.lang) },
    { key: 'years', label: t('registry.field.year'), cell: ({ years }) => (years.length > 0 ? years.join(' · ') : undefined) },
  ]
}

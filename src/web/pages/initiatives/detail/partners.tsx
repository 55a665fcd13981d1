/** Who took part in which role; countries that took part in a role that nobody states; types of partner without a partner. */
import { areaName, codeName } from '../../../../codes/index.ts'
import type { Partner } from '../../../../modules/registry/index.ts'
import { type Column, DataTable, NotStated, SummaryList, Tag } from '../../../components/index.ts'
import { codeNames, countryNames, partnerName } from '../words.ts'
import type { DetailProps } from './detail-page.tsx'
import { yesNo } from './summary.tsx'

export function PartnersSection({ request, view, naming }: DetailProps) {
  const { t, at } = request
  const { facts } = view.record
  const partners = facts.partners ?? []
  const withoutRole = partners.filter(({ role }) => role === undefined).length
  const columns: Column<Partner>[] = [
    {
      key: 'name',
      label: t('registry.fact.partner'),
      cell: (partner) => {
        const name = partnerName(t, partner, naming.orgs)
        return (
          <>
            {name === undefined ? (
              <NotStated />
            ) : partner.orgId === undefined ? (
              <bdi>{name}</bdi>
            ) : (
              <a href={at(`/organisations/${partner.orgId}`)}>
                <bdi>{name}</bdi>
              </a>
            )}{' '}
            {partner.unnamed && <Tag>{t('registry.partner.unnamed')}</Tag>}
          </>
        )
      },
    },
    {
      key: 'country',
      label: t('registry.fact.country'),
      cell: (partner) => partner.iso3 && <a href={at(`/countries/${partner.iso3}`)}>{areaName(partner.iso3, t.lang)}</a>,
    },
    { key: 'role', label: t('codes.list.role'), cell: (partner) => partner.role && codeName('role', partner.role, t.lang) },
    {
      key: 'type',
      label: t('codes.list.partnerType'),
      cell: (partner) => partner.partnerType && codeName('partnerType', partner.partnerType, t.lang),
    },
    { key: 'own', label: t('registry.fact.ownResources'), cell: (partner) => yesNo(t, partner.contributesOwnResources) },
  ]
  return (
    <section aria-labelledby="partners">
      <h2 id="partners">{t('registry.detail.partners')}</h2>
      {partners.length > 0 ? (
        <>
          <DataTable
            caption={t('registry.detail.partners')}
            captionHidden
            columns={columns}
            rows={partners}
            rowKey={(partner) => partner.no}
          />
          {withoutRole > 0 && (
            <p>
              {t('components.label', { label: t('codes.list.role') })} <NotStated count={withoutRole} />
            </p>
          )}
        </>
      ) : (
        <p>{t('registry.detail.no-partners')}</p>
      )}
      <SummaryList
        facts={[
          { label: t('registry.fact.engaged'), value: countryNames(t, facts.engagedCountries) },
          { label: t('registry.fact.mentioned-types'), value: codeNames(t, 'partnerType', facts.partnerTypes) },
          {
            label: t('registry.field.role'),
            value: facts.agencyRoles?.length
              ? t.list(
                  facts.agencyRoles.map(({ role, org }) => {
                    const name = codeName('agencyRole', role, t.lang)
                    return org === undefined ? name : t('registry.agency-role', { role: name, org })
                  }),
                )
              : undefined,
          },
          {
            label: t('registry.fact.reportingOrg'),
            value: (facts.reportingOrg?.orgId && naming.orgs.get(facts.reportingOrg.orgId)) || facts.reportingOrg?.name,
          },
        ]}
      />
    </section>
  )
}

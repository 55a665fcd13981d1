/** At the top of the record: the summary card, the title in its languages, what was exchanged, and what it is about. */
import { codeName } from '../../../../codes/index.ts'
import { directionOf, ownNameOf } from '../../../../i18n/languages.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import { type LocalizedText, textFor } from '../../../../kernel/localized-text.ts'
import {
  flowGroupOf,
  type InitiativeContribution,
  type InitiativeFacts,
  type Partner,
} from '../../../../modules/registry/index.ts'
import { LocalizedTextView, SummaryList, Tag } from '../../../components/index.ts'
import { regionText, sectorText } from '../published-names.ts'
import { goalName, SHOWN_PROFILE } from '../value-names.ts'
import { budgetText, codeNames, countryNames, partnerName, periodText } from '../words.ts'
import type { DetailProps } from './detail-page.tsx'
import { asWritten, codeOrKept } from './kept.tsx'
import { totalText } from './published-flows.tsx'

const GIVERS = ['first_provider', 'second_provider', 'funder']
const TAKERS = ['recipient']

export function SummaryCard({ request: { t }, view, naming }: DetailProps) {
  const { facts, listed } = view.record
  const years = listed.flatMap(({ year }) => (year === null ? [] : [year]))
  const label = view.cooperation.find(({ profile }) => profile === SHOWN_PROFILE)
  return (
    <SummaryList
      layout="card"
      facts={[
        { label: t('registry.fact.givers'), value: inRoles(t, facts.partners, GIVERS, naming.orgs) },
        { label: t('registry.fact.peers'), value: inRoles(t, facts.partners, ['peer'], naming.orgs) },
        { label: t('registry.fact.takers'), value: inRoles(t, facts.partners, TAKERS, naming.orgs) ?? recipients(t, facts) },
        { label: t('registry.field.host'), value: countryNames(t, facts.hosts) ?? asWritten(t, facts.kept?.hosts) },
        {
          label: t('registry.fact.when'),
          value:
            periodText(t, facts.actualPeriod) ??
            periodText(t, facts.plannedPeriod) ??
            (years.length > 0 ? t.list(years.map(String)) : undefined),
        },
        {
          label: t('registry.field.cooperation'),
          value: label && <a href="#label">{codeName('framework', label.type, t.lang)}</a>,
        },
        { label: t('registry.field.scale'), value: codeOrKept(t, facts, 'scale', 'scale') },
        { label: t('registry.fact.money'), value: moneyTotal(t, facts) },
      ]}
    />
  )
}

function inRoles(
  t: Translator,
  partners: readonly Partner[] | undefined,
  roles: readonly string[],
  orgs: ReadonlyMap<string, string>,
): string | undefined {
  const named = (partners ?? [])
    .filter(({ role }) => role !== undefined && roles.includes(role))
    .map((partner) => partnerName(t, partner, orgs))
  const known = [...new Set(named.filter((name) => name !== undefined))]
  return known.length > 0 ? t.list(known) : undefined
}

function recipients(t: Translator, facts: InitiativeFacts): string | undefined {
  return countryNames(
    t,
    (facts.countries ?? []).map(({ iso3 }) => iso3),
  )
}

function moneyTotal(t: Translator, facts: InitiativeFacts): string | undefined {
  const contributions = facts.contributions ?? []
  const entered = contributions.filter((one) => one.published === undefined && flowGroupOf(one) === 'A')
  const published = contributions.filter((one) => one.published?.element === 'transaction')
  const parts = [totalText(t, entered), ...NATURES_SUMMED.map((nature) => natureTotal(t, published, nature))]
  return parts.filter((part) => part !== undefined).join(' · ') || undefined
}

/** A commitment and what is paid of it are the same money: published transactions are summed by what they are. */
const NATURES_SUMMED = ['commitment', 'disbursement'] as const

function natureTotal(
  t: Translator,
  published: readonly InitiativeContribution[],
  nature: (typeof NATURES_SUMMED)[number],
): string | undefined {
  const total = totalText(
    t,
    published.filter((one) => one.nature === nature),
  )
  return total && t('registry.list.set', { field: codeName('contributionNature', nature, t.lang), value: total })
}

/** The title in all its languages, each marked with its language and state. */
export function TitlesSection({ request: { t }, view }: DetailProps) {
  const title = view.record.facts.title
  const shown = textFor(title, t.lang)?.lang
  const others = title ? Object.entries(title.texts).filter(([lang, text]) => text !== '' && lang !== shown) : []
  if (!title || others.length === 0) return null
  return (
    <details>
      <summary>{t('registry.detail.other-languages', { count: others.length, shown: t.number(others.length) })}</summary>
      <SummaryList
        facts={others.map(([lang, text]) => ({
          label: languageName(lang, t),
          value: (
            <>
              <bdi lang={lang} dir={lang === 'und' ? 'auto' : directionOf(lang)}>
                {text}
              </bdi>{' '}
              {lang === title.orig && <Tag>{t('registry.detail.original')}</Tag>}
            </>
          ),
        }))}
      />
    </details>
  )
}

export function languageName(lang: string, t: Translator): string {
  return lang === 'und' ? t('components.not-stated') : ownNameOf(lang)
}

const NARRATIVES = ['exchange', 'summary', 'objective'] as const

export function ExchangeSection({ request: { t }, view }: DetailProps) {
  const { facts } = view.record
  const open = NARRATIVES.filter((field) => facts[field] === undefined)
  return (
    <section aria-labelledby="exchange">
      <h2 id="exchange">{t('registry.detail.exchange')}</h2>
      {NARRATIVES.filter((field) => facts[field] !== undefined).map((field) => (
        <div key={field}>
          <h3>{t(`registry.fact.${field}`)}</h3>
          <LocalizedTextView value={facts[field] as LocalizedText | undefined} as="block" />
        </div>
      ))}
      {open.length > 0 && (
        <SummaryList facts={[{ label: t.list(open.map((field) => t(`registry.fact.${field}`))), value: undefined }]} />
      )}
    </section>
  )
}

export function SubjectSection({ request: { t }, view }: DetailProps) {
  const { facts } = view.record
  const share = (name: string, part: number | undefined) =>
    part === undefined ? name : t('registry.with-share', { name, share: t.percent(part, { digits: 1 }) })
  const several = <Item,>(items: readonly Item[] | undefined, text: (item: Item) => string) =>
    items && items.length > 0 ? t.list(items.map(text)) : undefined
  return (
    <section aria-labelledby="subject">
      <h2 id="subject">{t('registry.detail.subject')}</h2>
      <SummaryList
        facts={[
          { label: t('codes.list.initiativeKind'), value: codeOrKept(t, facts, 'kind', 'initiativeKind') },
          { label: t('codes.list.phase'), value: codeOrKept(t, facts, 'phase', 'phase') },
          { label: t('codes.list.purpose'), value: facts.purpose && codeName('purpose', facts.purpose, t.lang) },
          { label: t('registry.fact.plannedPeriod'), value: periodText(t, facts.plannedPeriod) },
          { label: t('registry.fact.actualPeriod'), value: periodText(t, facts.actualPeriod) },
          {
            label: t('registry.field.sector'),
            value: several(facts.sectors, (one) => share(sectorText(t, one), one.share)),
          },
          { label: t('registry.field.goal'), value: several(facts.goals, (one) => goalName(t, one.target ?? one.goal)) },
          { label: t('registry.field.theme'), value: codeOrKept(t, facts, 'theme', 'theme') },
          { label: t('registry.field.focus'), value: codeNames(t, 'territorialFocus', facts.territorialFocus) },
          {
            label: t('registry.field.region'),
            value: several(facts.regions, (one) => share(regionText(t, one), one.share)),
          },
          { label: t('codes.list.demandArea'), value: codeNames(t, 'demandArea', facts.demandAreas) },
          { label: t('codes.list.supportCategory'), value: codeNames(t, 'supportCategory', facts.supportCategories) },
          { label: t('registry.fact.budget'), value: facts.budget && budgetText(t, facts.budget) },
          { label: t('registry.fact.humanitarian'), value: yesNo(t, facts.humanitarian) },
          { label: t('registry.fact.regionalPublicGood'), value: yesNo(t, facts.regionalPublicGood) },
          { label: t('registry.fact.note'), value: facts.note },
        ]}
      />
    </section>
  )
}

export function yesNo(t: Translator, value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : t(value ? 'registry.yes' : 'registry.no')
}

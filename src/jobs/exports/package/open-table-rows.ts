/** The rows that one initiative gives in each table of a data package. */
import { areaName } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import type { OutRow } from '../../../interop/tables/index.ts'
import { decimalOfNumber } from '../../../kernel/decimal.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import type { OpenFacts, OpenInitiative } from '../../../modules/registry/index.ts'
import { SHOWN_PROFILE } from '../code-words.ts'

export const keyOf = ({ id, identifier }: OpenInitiative) => ({ initiativeId: id, identifier })

/** The original language first. */
export function textRows(initiative: OpenInitiative): OutRow[] {
  return (['title', 'summary', 'objective', 'exchange'] as const).flatMap((field) => {
    const { orig, texts = {} } = initiative.facts[field] ?? {}
    const languages = Object.keys(texts).sort()
    return [...languages.filter((lang) => lang === orig), ...languages.filter((lang) => lang !== orig)].map((language) => ({
      ...keyOf(initiative),
      field,
      language,
      original: language === orig,
      text: texts[language],
    }))
  })
}

export function initiativeRow(initiative: OpenInitiative, t: Translator): OutRow {
  const { facts, collection, cooperation } = initiative
  const title = textFor(facts.title, t.lang)
  const org = facts.reportingOrg
  return {
    ...keyOf(initiative),
    collection,
    sameAs: initiative.sameAs,
    kind: facts.kind,
    title: title?.text,
    titleLanguage: title?.lang,
    phase: facts.phase,
    scale: facts.scale,
    purpose: facts.purpose,
    theme: facts.theme,
    cooperation: cooperation[SHOWN_PROFILE],
    plannedStart: facts.plannedPeriod?.start,
    plannedEnd: facts.plannedPeriod?.end,
    actualStart: facts.actualPeriod?.start,
    actualEnd: facts.actualPeriod?.end,
    reportingOrgId: org?.orgId,
    reportingOrg: orgName(initiative, org?.orgId, t) ?? org?.name,
    reportingOrgRef: org?.ref,
    budgetAmount: facts.budget?.amount,
    budgetCurrency: facts.budget?.currency,
    humanitarian: facts.humanitarian,
    regionalPublicGood: facts.regionalPublicGood,
    modalities: facts.modalities ?? [],
    partnerTypes: facts.partnerTypes ?? [],
    demandAreas: facts.demandAreas ?? [],
  }
}

export function contributionRows(initiative: OpenInitiative, t: Translator): OutRow[] {
  const { facts, dollars } = initiative
  const nameOf = (no: string | undefined) => {
    const partner = no === undefined ? undefined : facts.partners?.find((one) => one.no === no)
    return partner && (orgName(initiative, partner.orgId, t) ?? partner.name)
  }
  return (facts.contributions ?? []).map((flow) => ({
    ...keyOf(initiative),
    contributionNo: flow.no,
    giverNo: flow.giver,
    giverName: flow.giverName ?? nameOf(flow.giver),
    takerNo: flow.taker,
    takerName: flow.takerName ?? nameOf(flow.taker),
    joint: flow.joint === true,
    modality: flow.modality,
    nature: flow.nature,
    element: flow.published?.element ?? 'entered',
    publishedType: flow.published?.type,
    start: flow.period?.start,
    end: flow.period?.end,
    amount: flow.money?.amount,
    currency: flow.money?.currency,
    valueDate: flow.money?.valueDate,
    usd: dollars[flow.no],
    quantity: flow.quantity?.value,
    unit: flow.quantity?.unit,
    country: flow.country,
    description: flow.description,
  }))
}

export function countryRows(initiative: OpenInitiative, t: Translator): OutRow[] {
  const { hosts = [], engagedCountries = [], countries = [] } = initiative.facts
  const row = (country: string, part: string, share?: number) => ({
    ...keyOf(initiative),
    country,
    countryName: countryName(country, t),
    part,
    share: shareText(share),
  })
  return [
    ...hosts.map((iso3) => row(iso3, 'host')),
    ...engagedCountries.map((iso3) => row(iso3, 'engaged')),
    ...countries.map(({ iso3, share }) => row(iso3, 'recipient', share)),
  ]
}

/** A row for each period of each indicator; one row where a result states none. */
export function resultRows(initiative: OpenInitiative): OutRow[] {
  return (initiative.facts.results ?? []).flatMap((result, at) => {
    const base = { ...keyOf(initiative), resultNo: at + 1, level: result.level, statement: result.statement }
    const plain = {
      ...base,
      indicator: result.indicator,
      baseline: result.baseline,
      target: result.target,
      actual: result.actual,
    }
    const stated = (result.indicators ?? []).flatMap((indicator) => indicatorRows(base, indicator))
    const says = [result.indicator, result.baseline, result.target, result.actual].some((value) => value !== undefined)
    return stated.length === 0 || says ? [plain, ...stated] : stated
  })
}

type Indicator = NonNullable<NonNullable<OpenFacts['results']>[number]['indicators']>[number]

function indicatorRows(base: OutRow, { title, baselines = [], periods = [] }: Indicator): OutRow[] {
  const indicator = title?.texts[title.orig] ?? Object.values(title?.texts ?? {})[0]
  const [baseline] = baselines
  const row = { ...base, indicator, baselineYear: baseline?.year, baseline: baseline?.value }
  const further = baselines.slice(1).map(({ year, value }) => ({ ...base, indicator, baselineYear: year, baseline: value }))
  const rows = periods.map(({ period, target, actual }) => ({
    ...row,
    periodStart: period?.start,
    periodEnd: period?.end,
    target,
    actual,
  }))
  return [...(rows.length === 0 ? [row] : rows), ...further]
}

export function orgName({ orgNames }: OpenInitiative, orgId: string | undefined, t: Translator): string | undefined {
  return orgId === undefined ? undefined : textFor(orgNames.get(orgId), t.lang)?.text
}

export function countryName(iso3: string | undefined, t: Translator): string | undefined {
  return iso3 === undefined ? undefined : areaName(iso3, t.lang)
}

/** A number from 0 to 1 as exact text. */
export function shareText(share: number | undefined): string | undefined {
  return share === undefined ? undefined : decimalOfNumber(share)
}

/** What a collection holds as rows of a table: the inverse of `factsOfRow`, so that a filled template comes back in unchanged. */
import type { CodedText, ListedRow, NamedPlace } from '../../interop/tables/index.ts'
import { type LocalizedText, textFor } from '../../kernel/localized-text.ts'
import { defineProblems, Problem } from '../../kernel/problems.ts'
import {
  exportListings,
  getInitiative,
  type InitiativeFacts,
  type InitiativeRecord,
  type ListedYear,
  type Partner,
} from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'

defineProblems('imports', {
  'template-too-large': { kind: 'invalid', params: ['count', 'limit'] },
})

/** A template is filled in by hand; beyond this the downloads of the list serve better. */
const MOST_ROWS = 5_000

export async function rowsOfCollection(
  operations: Operations,
  actor: Actor,
  collection: string,
  lang: string,
): Promise<ListedRow[]> {
  const batches = await operations.run(exportListings, { filter: { values: { collection: [collection] } } }, actor)
  const rows: ListedRow[] = []
  for await (const batch of batches) {
    for (const { id, initiativeId } of batch) {
      if (rows.length >= MOST_ROWS) throw new Problem('imports.template-too-large', { count: rows.length + 1, limit: MOST_ROWS })
      const { record } = await operations.run(getInitiative, { id: initiativeId }, actor)
      const listed = record.listed.find((year) => year.id === id)
      if (listed) rows.push(rowOfRecord(record, listed, lang))
    }
  }
  return rows
}

export function rowOfRecord({ identifier, facts }: InitiativeRecord, listed: ListedYear, lang: string): ListedRow {
  const inRole = (role: string | undefined) => (facts.partners ?? []).filter((partner) => partner.role === role).map(placeOf)
  const year = listed.year ?? undefined
  const { hosts: unresolvedHosts, beneficiaries, links, budgetCurrency, ...kept } = facts.kept ?? {}
  return withoutUndefined({
    identifier: identifier ?? undefined,
    sourceId: identifierOf(facts, 'source'),
    awardId: identifierOf(facts, 'award'),
    groupKey: listed.groupKey ?? undefined,
    revision: listed.revision ?? undefined,
    listYear: year,
    title: textOf(facts.title, lang),
    summary: textOf(facts.summary, lang),
    objective: textOf(facts.objective, lang),
    exchangeDescription: textOf(facts.exchange, lang),
    reportingOrg: facts.reportingOrg?.name,
    agencyOrg: facts.agencyRoles?.[0]?.org,
    startDate: facts.plannedPeriod?.start,
    endDate: facts.plannedPeriod?.end,
    budgetAmount: facts.budget?.amount,
    budgetCurrency: facts.budget?.currency ?? budgetCurrency,
    beneficiaries: beneficiaries === undefined ? undefined : Number(beneficiaries),
    kind: coded(facts.kind),
    phase: coded(facts.phase),
    scale: coded(facts.scale),
    hosts: [...areas(facts.hosts), ...(unresolvedHosts?.split(' | ').map((text) => ({ text })) ?? [])],
    partnerCountries: [...areas(facts.engagedCountries), ...inRole(undefined)],
    firstProviders: inRole('first_provider'),
    secondProviders: inRole('second_provider'),
    recipients: inRole('recipient'),
    peers: inRole('peer'),
    funders: inRole('funder'),
    implementers: inRole('implementer'),
    partnerTypes: (facts.partnerTypes ?? []).map(codedText),
    agencyRoles: (facts.agencyRoles ?? []).map(({ role }) => codedText(role)),
    regions: (facts.regions ?? []).map(({ code, share }) => withShare(codedText(code), share)),
    territorialFocus: (facts.territorialFocus ?? []).map(codedText),
    theme: facts.theme === undefined ? [] : [codedText(facts.theme)],
    sectors: (facts.sectors ?? []).map(({ code, share }) => withShare(codedText(code), share)),
    sdgGoals: (facts.goals ?? []).map(({ goal, target }) => codedText(target ?? goal)),
    demandAreas: (facts.demandAreas ?? []).map(codedText),
    modalities: (facts.modalities ?? []).map(codedText),
    links: [...(facts.documents ?? []).map(({ url }) => url), ...(links?.split(' | ') ?? [])],
    contact: facts.contact === undefined ? [] : [facts.contact],
    notes: facts.note === undefined ? [] : [facts.note],
    kept,
  })
}

function identifierOf(facts: InitiativeFacts, scheme: string): string | undefined {
  return facts.identifiers?.find((one) => one.scheme === scheme)?.value
}

function textOf(text: InitiativeFacts['title'], lang: string): string | undefined {
  return textFor(text as LocalizedText | undefined, lang)?.text
}

function areas(codes: readonly string[] | undefined): NamedPlace[] {
  return (codes ?? []).map((iso3) => ({ text: iso3, iso3 }))
}

function placeOf({ iso3, name = '', collective }: Partner): NamedPlace {
  if (iso3 !== undefined && name === '') return { text: iso3, iso3 }
  return collective?.group === undefined ? { text: name || (iso3 ?? '') } : { text: name, region: collective.group }
}

function coded(code: string | undefined): CodedText | undefined {
  return code === undefined ? undefined : codedText(code)
}

function codedText(code: string): CodedText {
  return { text: code, code }
}

function withShare<T extends CodedText>(value: T, share: number | undefined): T {
  return share === undefined ? value : { ...value, share }
}

function withoutUndefined(row: { [Key in keyof ListedRow]: ListedRow[Key] | undefined }): ListedRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as ListedRow
}

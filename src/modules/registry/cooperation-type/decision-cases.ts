/**
 * The settled cases of the decision rule (domain 7.4): what the rule must say, whoever changes it. The tests hold the rule to
 * them and `docs/reference/cooperation-type-cases.md` shows them to readers.
 */
import type { CooperationFacts, CooperationType, ExchangeFacts, PartnerFacts } from './cooperation-facts.ts'

export interface DecisionCase {
  readonly name: string
  readonly facts: CooperationFacts
  /** Label by profile; the profiles that are not named are not settled by the case. */
  readonly expected: Readonly<Partial<Record<string, CooperationType>>>
}

const country = (iso3: string, role?: string): PartnerFacts => ({
  id: role ? `${iso3}-${role}` : iso3,
  iso3,
  role,
  kind: 'country',
})
const multilateral = (id: string, role: string): PartnerFacts => ({ id, role, kind: 'multilateral' })
const exchange = (giver: string, taker?: string): ExchangeFacts => ({ giver, taker, modality: 'knowledge_exchange' })

export const DECISION_CASES: readonly DecisionCase[] = [
  {
    name: 'A German trainer teaches officials of Peru and Bolivia; there is no Southern provider',
    facts: {
      startDate: '2014',
      partners: [country('DEU', 'second_provider'), country('PER', 'recipient'), country('BOL', 'recipient')],
      contributions: [exchange('DEU-second_provider', 'PER-recipient'), exchange('DEU-second_provider', 'BOL-recipient')],
    },
    expected: { un_default: 'NSC' },
  },
  {
    name: 'Study tour of Kenyan officials to Japan',
    facts: {
      startDate: '2014',
      partners: [country('JPN', 'first_provider'), country('KEN', 'recipient')],
      contributions: [exchange('JPN-first_provider', 'KEN-recipient')],
    },
    expected: { un_default: 'NSC' },
  },
  {
    name: 'Chile and Mexico act as equals',
    facts: {
      startDate: '2014',
      partners: [country('CHL', 'peer'), country('MEX', 'peer')],
      contributions: [{ giver: 'CHL-peer', taker: 'MEX-peer', joint: true }],
    },
    expected: { un_default: 'SSC', g77_only: 'NONE' },
  },
  {
    name: 'Spain funds Chile teaching Paraguay',
    facts: {
      startDate: '2014',
      partners: [country('ESP', 'funder'), country('CHL', 'first_provider'), country('PRY', 'recipient')],
      contributions: [exchange('CHL-first_provider', 'PRY-recipient')],
    },
    expected: { un_default: 'TRC' },
  },
  {
    name: 'Chile and Germany together teach Paraguay',
    facts: {
      startDate: '2014',
      partners: [country('CHL', 'first_provider'), country('DEU', 'first_provider'), country('PRY', 'recipient')],
      contributions: [exchange('CHL-first_provider', 'PRY-recipient'), exchange('DEU-first_provider', 'PRY-recipient')],
    },
    expected: { un_default: 'TRC' },
  },
  {
    name: 'Brazil and Argentina teach Haiti; Argentina only pays',
    facts: {
      startDate: '2014',
      partners: [country('BRA', 'first_provider'), country('ARG', 'second_provider'), country('HTI', 'recipient')],
      contributions: [exchange('BRA-first_provider', 'HTI-recipient')],
    },
    expected: { un_default: 'TRC' },
  },
  {
    name: 'A development bank pays for a road across the border of two countries; no experience is exchanged',
    facts: {
      startDate: '2014',
      partners: [country('UGA', 'recipient'), country('RWA', 'recipient'), multilateral('bank', 'funder')],
      contributions: [
        { giver: 'bank', taker: 'UGA-recipient', modality: 'concessional_loan' },
        { giver: 'bank', taker: 'RWA-recipient', modality: 'concessional_loan' },
      ],
    },
    expected: { un_default: 'NSC' },
  },
  {
    name: 'A commercial purchase between two Southern countries, nobody in the role of a partner',
    facts: { startDate: '2014', partners: [country('IND', 'observer'), country('KEN', 'observer')] },
    expected: { un_default: 'NONE' },
  },
  {
    name: 'A ministry unit called "South-South cooperation" is mentioned, without activity',
    facts: { startDate: '2014', partners: [] },
    expected: { un_default: 'NONE' },
  },
  {
    name: 'The recipients are not named',
    facts: {
      startDate: '2014',
      partners: [country('IND', 'first_provider'), { id: 'others', unnamed: true, role: 'recipient' }],
      contributions: [exchange('IND-first_provider', 'others')],
    },
    expected: { un_default: 'UNDETERMINED' },
  },
  {
    name: 'Brazil and the World Food Programme with a named recipient (S08 once Togo is added)',
    facts: {
      startDate: '2011',
      partners: [country('BRA', 'first_provider'), multilateral('wfp', 'second_provider'), country('TGO', 'recipient')],
      contributions: [exchange('BRA-first_provider', 'TGO-recipient')],
    },
    expected: { un_default: 'MSS', guidelines: 'TRC' },
  },
]

/** Labels of the fifteen sample initiatives (domain section 4). */
export const SAMPLE_LABELS: Readonly<Record<string, Readonly<Partial<Record<string, CooperationType>>>>> = {
  S01: { un_default: 'UNDETERMINED' },
  S02: { un_default: 'UNDETERMINED' },
  S03: { un_default: 'MSS' },
  S04: { un_default: 'UNDETERMINED' },
  S05: { un_default: 'SSC' },
  S06: { un_default: 'UNDETERMINED' },
  S07: { un_default: 'UNDETERMINED' },
  S08: { un_default: 'UNDETERMINED' },
  S09: { un_default: 'SSC' },
  S10: { un_default: 'SSC' },
  S11: { un_default: 'ENABLING' },
  S12: { un_default: 'ENABLING' },
  S13: { un_default: 'MSS', guidelines: 'TRC' },
  S14: { un_default: 'MSS', g77_only: 'NONE' },
  S15: { un_default: 'TRC' },
}

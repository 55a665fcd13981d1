/**
 * TOSSD: a row for each official contribution and year, with its commitment, disbursement or reflow. Codes are those of the crosswalks
 * that the product ships; where one modality stands for several codes, all of them are printed and the reporter chooses.
 */
import { findModality, mappedCodes } from '../../../codes/index.ts'
import { isConcessional, type ReturnRecord } from '../../../modules/registry/index.ts'
import { partyOfPartner } from '../flows/party-of-flow.ts'
import type { ReturnFlow } from '../flows/state-flow.ts'
import type { ReturnRow, ReturnRules } from '../return-rows.ts'
import {
  AMOUNT_COLUMNS,
  amountValues,
  dacSectorsOf,
  goalsOf,
  listed,
  orNull,
  textIn,
  titleOf,
  usdText,
} from '../stated-values.ts'
import { type MissingField, verdictFrom } from '../verdict.ts'

export const tossdRules: ReturnRules = {
  form: 'tossd',
  columns: [
    { key: 'year', form: 'integer' },
    { key: 'providerCountry', list: 'country' },
    { key: 'agency' },
    { key: 'identifier' },
    { key: 'recipient', list: 'country' },
    { key: 'region' },
    { key: 'channel' },
    { key: 'title' },
    { key: 'description' },
    { key: 'goals' },
    { key: 'sector', list: 'sector' },
    { key: 'tossdModality' },
    { key: 'financeType', list: 'iati.FinanceType' },
    { key: 'arrangement' },
    { key: 'framework' },
    { key: 'pillar' },
    { key: 'commitment', form: 'decimal' },
    { key: 'disbursement', form: 'decimal' },
    { key: 'reflow', form: 'decimal' },
    { key: 'salaryCost', form: 'decimal' },
    { key: 'concessionality' },
    { key: 'maturity', form: 'integer' },
    { key: 'link' },
    ...AMOUNT_COLUMNS,
  ],
  totals: [
    { key: 'commitment-money', group: 'A' },
    { key: 'commitment-in-kind', group: 'B' },
    { key: 'disbursement-money', group: 'A' },
    { key: 'disbursement-in-kind', group: 'B' },
    { key: 'reflow', group: 'A' },
  ],
  meetsFunding: true,
  judge({ direction, value, giver, year, instrument, flowType, record }) {
    return verdictFrom(
      [
        direction === 'incoming' && 'incoming',
        (direction === 'planned' || direction === 'pledged' || direction === 'incoming_promise') && 'not_delivered',
        direction === 'guarantee' && 'guarantee',
        value.group === 'C' && 'described_only',
        giver?.standing === 'private' && 'not_official',
        (instrument === 'export_credit' || flowType === '22') && 'export_credit',
        ['30', '35', '36', '37'].includes(flowType ?? '') && 'private_flow',
      ],
      [
        direction === undefined && 'nature',
        year === undefined && 'year',
        // A repayment names the borrower as giver; whose money it is stands with the initiative.
        direction !== 'repaid' && giver === undefined && 'giver',
        direction !== 'repaid' && giver?.standing === 'unclear' && 'giver_type',
        value.group === 'B' && value.basis === 'none' && 'valuation',
        value.original !== undefined && value.micros === undefined && 'rate',
        record.facts.title === undefined && 'title',
      ],
    )
  },
  rows: (_record, counted, lang) => counted.flatMap((flow) => rowsOfFlow(flow, lang)),
  gaps: (record, counted) =>
    counted.flatMap((flow) => gapsOf(record, flow).map((field) => ({ contributionNo: flow.contribution.no, field }))),
}

function rowsOfFlow(flow: ReturnFlow, lang: string): ReturnRow[] {
  const { record, contribution, giver, year, value, direction } = flow
  const column = direction === 'committed' ? 'commitment' : direction === 'repaid' ? 'reflow' : 'disbursement'
  const total = column === 'reflow' ? column : `${column}-${value.group === 'B' ? 'in-kind' : 'money'}`
  const { facts } = record
  const concessional =
    contribution.loan &&
    isConcessional({ interestRate: undefined, maturityYears: undefined, graceYears: undefined, ...contribution.loan })
  return flow.places.map(({ iso3, region, micros }) => ({
    initiativeId: record.id,
    collection: record.collection,
    contributionNo: contribution.no,
    values: {
      year: year === undefined ? null : String(year),
      providerCountry: orNull(giver?.iso3),
      agency: orNull(giver?.name),
      identifier: record.identifier,
      recipient: iso3 ?? null,
      region: region ?? null,
      channel: listed(channelsOf(record, lang)),
      title: titleOf(record, lang),
      description: contribution.description ?? textIn(facts.summary, lang) ?? textIn(facts.objective, lang),
      goals: listed(goalsOf(record)),
      sector: listed(dacSectorsOf(record, flow)),
      tossdModality: listed(modalityCodes(flow)),
      financeType: flow.financeType ?? null,
      arrangement: null,
      framework: orNull(record.label && mappedCodes('framework', record.label, 'tossd-framework')[0]),
      pillar: pillarOf(flow, iso3) ?? null,
      commitment: column === 'commitment' ? usdText(micros) : null,
      disbursement: column === 'disbursement' ? usdText(micros) : null,
      reflow: column === 'reflow' ? usdText(micros) : null,
      salaryCost: null,
      concessionality: concessional === undefined ? null : concessional ? '1' : '0',
      maturity: contribution.loan?.maturityYears === undefined ? null : String(contribution.loan.maturityYears),
      link: facts.documents?.[0]?.url ?? null,
      ...amountValues(flow),
    },
    adds: { [total]: micros ?? 0n },
  }))
}

/** Who carries it out, as far as the record names anybody. */
function channelsOf(record: ReturnRecord, lang: string): string[] {
  return (record.facts.partners ?? [])
    .filter(({ role }) => role === 'implementer' || role === 'accountable')
    .flatMap((partner) => partyOfPartner(record, partner, lang).name ?? [])
    .filter((name, index, all) => all.indexOf(name) === index)
}

/** Of the modality by the crosswalk, else the aid type as published: the two lists share their codes. */
function modalityCodes({ contribution, aidTypes }: ReturnFlow): readonly string[] {
  const known = contribution.modality === undefined ? undefined : findModality(contribution.modality)?.tossdCodes
  return known && known.length > 0 ? known : aidTypes
}

/** I where resources cross a border; the rest needs a person. */
function pillarOf({ giver }: ReturnFlow, recipient: string | undefined): string | undefined {
  if (giver?.isMultilateral && recipient !== undefined) return 'I'
  return giver?.iso3 !== undefined && recipient !== undefined && giver.iso3 !== recipient ? 'I' : undefined
}

function gapsOf(record: ReturnRecord, flow: ReturnFlow): MissingField[] {
  const checks: (MissingField | false)[] = [
    flow.places.some(({ iso3, region }) => iso3 === undefined && region === undefined) && 'recipient',
    goalsOf(record).length === 0 && 'goals',
    dacSectorsOf(record, flow).length === 0 && 'sector',
    modalityCodes(flow).length !== 1 && 'modality_code',
    flow.financeType === undefined && 'finance_type',
    flow.instrument === 'loan' && flow.contribution.loan === undefined && 'loan_terms',
    flow.places.some(({ iso3 }) => pillarOf(flow, iso3) === undefined) && 'pillar',
  ]
  return checks.filter((field) => field !== false)
}

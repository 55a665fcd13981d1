/**
 * The tables of a data package, once: the columns of each, what a column means, and where its rows come from. Codes are as stored;
 * names stand beside them in the reader's language.
 */
import type { Translator } from '../../../i18n/translator.ts'
import type { OutColumn, OutRow } from '../../../interop/tables/index.ts'
import type { OpenInitiative } from '../../../modules/registry/index.ts'
import { sectorName } from '../code-words.ts'
import {
  contributionRows,
  countryName,
  countryRows,
  initiativeRow,
  keyOf,
  orgName,
  resultRows,
  shareText,
  textRows,
} from './open-table-rows.ts'

export interface OpenColumn extends Omit<OutColumn, 'header'> {
  /** Key of the text that explains it; the name alone where there is none. */
  readonly text?: string
}

export interface OpenTable {
  readonly name: string
  /** Key of the title. */
  readonly text: string
  readonly columns: readonly OpenColumn[]
  /** Columns that tell a row apart. */
  readonly primaryKey?: readonly string[]
  rows(initiative: OpenInitiative, t: Translator): OutRow[]
}

const INITIATIVE: OpenColumn = { key: 'initiativeId', text: 'registry.column.id' }
const IDENTIFIER: OpenColumn = { key: 'identifier', text: 'registry.column.identifier' }

export const OPEN_TABLES: readonly OpenTable[] = [
  {
    name: 'initiatives',
    text: 'data.table.initiatives',
    primaryKey: ['initiativeId'],
    columns: [
      INITIATIVE,
      { key: 'collection', text: 'registry.field.collection' },
      IDENTIFIER,
      { key: 'sameAs', text: 'data.column.sameAs' },
      { key: 'kind', text: 'tables.field.kind' },
      { key: 'title', text: 'tables.field.title' },
      { key: 'titleLanguage', text: 'registry.form.language' },
      { key: 'phase', text: 'tables.field.phase' },
      { key: 'scale', text: 'registry.field.scale' },
      { key: 'purpose' },
      { key: 'theme', text: 'registry.field.theme' },
      { key: 'cooperation', text: 'registry.field.cooperation' },
      { key: 'plannedStart', text: 'registry.form.plannedPeriod.start' },
      { key: 'plannedEnd', text: 'registry.form.plannedPeriod.end' },
      { key: 'actualStart', text: 'registry.form.actualPeriod.start' },
      { key: 'actualEnd', text: 'registry.form.actualPeriod.end' },
      { key: 'reportingOrgId' },
      { key: 'reportingOrg', text: 'registry.fact.reportingOrg' },
      { key: 'reportingOrgRef' },
      { key: 'budgetAmount', text: 'tables.field.budgetAmount', form: 'decimal' },
      { key: 'budgetCurrency', text: 'tables.field.budgetCurrency' },
      { key: 'humanitarian', text: 'registry.fact.humanitarian', form: 'boolean' },
      { key: 'regionalPublicGood', text: 'registry.fact.regionalPublicGood', form: 'boolean' },
      { key: 'modalities', text: 'tables.field.modalities' },
      { key: 'partnerTypes', text: 'tables.field.partnerTypes' },
      { key: 'demandAreas', text: 'tables.field.demandAreas' },
    ],
    rows: (initiative, t) => [initiativeRow(initiative, t)],
  },
  {
    name: 'texts',
    text: 'data.table.texts',
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'field' },
      { key: 'language', text: 'registry.form.language' },
      { key: 'original', text: 'registry.detail.original', form: 'boolean' },
      { key: 'text', text: 'registry.form.text' },
    ],
    rows: textRows,
  },
  {
    name: 'partners',
    text: 'data.table.partners',
    primaryKey: ['initiativeId', 'partnerNo'],
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'partnerNo' },
      { key: 'orgId' },
      { key: 'name', text: 'registry.fact.partner' },
      { key: 'orgName', text: 'registry.form.org' },
      { key: 'ref' },
      { key: 'country', text: 'registry.fact.country' },
      { key: 'countryName' },
      { key: 'role', text: 'registry.form.role' },
      { key: 'partnerType', text: 'registry.field.partnerType' },
      { key: 'unnamed', text: 'registry.form.unnamed', form: 'boolean' },
    ],
    rows: (initiative, t) =>
      (initiative.facts.partners ?? []).map((partner) => ({
        ...keyOf(initiative),
        partnerNo: partner.no,
        orgId: partner.orgId,
        name: partner.name,
        orgName: orgName(initiative, partner.orgId, t) ?? partner.name,
        ref: partner.ref,
        country: partner.iso3,
        countryName: countryName(partner.iso3, t),
        role: partner.role,
        partnerType: partner.partnerType,
        unnamed: partner.unnamed === true,
      })),
  },
  {
    name: 'contributions',
    text: 'data.table.contributions',
    primaryKey: ['initiativeId', 'contributionNo'],
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'contributionNo' },
      { key: 'giverNo' },
      { key: 'giverName', text: 'registry.fact.giver' },
      { key: 'takerNo' },
      { key: 'takerName', text: 'registry.fact.taker' },
      { key: 'joint', text: 'registry.contribution.joint', form: 'boolean' },
      { key: 'modality', text: 'registry.fact.modality' },
      { key: 'nature' },
      { key: 'element' },
      { key: 'publishedType' },
      { key: 'start' },
      { key: 'end' },
      { key: 'amount', text: 'registry.fact.amount', form: 'decimal' },
      { key: 'currency', text: 'registry.form.currency' },
      { key: 'valueDate' },
      { key: 'usd', text: 'data.column.usd', form: 'decimal' },
      { key: 'quantity', text: 'registry.fact.quantity', form: 'decimal' },
      { key: 'unit' },
      { key: 'country', text: 'registry.fact.country' },
      { key: 'description', text: 'registry.fact.description' },
    ],
    rows: contributionRows,
  },
  {
    name: 'sectors',
    text: 'data.table.sectors',
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'vocabulary' },
      { key: 'code', text: 'registry.field.sector' },
      { key: 'name' },
      { key: 'share', text: 'registry.form.share', form: 'decimal' },
    ],
    rows: (initiative, t) =>
      (initiative.facts.sectors ?? []).map(({ vocabulary, code, share }) => ({
        ...keyOf(initiative),
        vocabulary,
        code,
        name: sectorName(t, code),
        share: shareText(share),
      })),
  },
  {
    name: 'goals',
    text: 'data.table.goals',
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'goal', text: 'registry.field.goal' },
      { key: 'target', text: 'registry.fact.target' },
      { key: 'weight', text: 'registry.form.weight' },
    ],
    rows: (initiative) =>
      (initiative.facts.goals ?? []).map(({ goal, target, contribution }) => ({
        ...keyOf(initiative),
        goal,
        target,
        weight: contribution,
      })),
  },
  {
    name: 'countries',
    text: 'data.table.countries',
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'country', text: 'registry.fact.country' },
      { key: 'countryName' },
      { key: 'part', text: 'data.column.part' },
      { key: 'share', text: 'registry.form.share', form: 'decimal' },
    ],
    rows: countryRows,
  },
  {
    name: 'results',
    text: 'data.table.results',
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'resultNo', form: 'integer' },
      { key: 'level', text: 'registry.fact.level' },
      { key: 'statement', text: 'registry.fact.statement' },
      { key: 'indicator', text: 'registry.fact.indicator' },
      { key: 'baselineYear' },
      { key: 'baseline', text: 'registry.fact.baseline' },
      { key: 'periodStart' },
      { key: 'periodEnd' },
      { key: 'target', text: 'registry.fact.target' },
      { key: 'actual', text: 'registry.fact.actual' },
    ],
    rows: resultRows,
  },
  {
    name: 'documents',
    text: 'data.table.documents',
    columns: [
      INITIATIVE,
      IDENTIFIER,
      { key: 'documentNo', form: 'integer' },
      { key: 'title', text: 'tables.field.title' },
      { key: 'address', text: 'registry.form.address' },
      { key: 'category' },
      { key: 'language', text: 'registry.form.language' },
      { key: 'date', text: 'registry.form.date' },
    ],
    rows: (initiative) =>
      (initiative.facts.documents ?? []).map(({ title, url, category, language, date }, at) => ({
        ...keyOf(initiative),
        documentNo: at + 1,
        title,
        address: url,
        category,
        language,
        date,
      })),
  },
]

/** Every table of a package, in its order. */
export function tableNames(): string[] {
  return ['listings', ...OPEN_TABLES.map(({ name }) => name)]
}

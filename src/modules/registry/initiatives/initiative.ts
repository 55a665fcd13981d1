/**
 * The initiative as it is stored: facts as stated by somebody, nothing computed (domain sections 6.2 and 8).
 * Every field may be absent: unknown is a value (ruling 8). What people enter and publish by hand is checked by `publishable`.
 */
import { z } from 'zod'
import { LocalizedTextSchema, PartialDateSchema, PeriodSchema } from '../fields.ts'

const DecimalSchema = z.string().regex(/^-?\d+(\.\d+)?$/, 'decimal')
const ShareSchema = z.number().min(0).max(1)
const Iso3Schema = z.string().regex(/^[A-Z]{3}$/, 'ISO 3166-1 alpha-3')

/** Personal values of the record: the audit trail keeps them where they can be erased, and who may not edit it is not shown them. */
export const PERSONAL_FACTS = ['facts.contact'] as const

export const PartnerSchema = z.object({
  /** Number within the initiative; contributions point to it. */
  no: z.string().min(1).max(20),
  orgId: z.string().optional(),
  /** Name as stated, when the organisation is not in the directory. */
  name: z.string().max(500).optional(),
  /** Identifier of the organisation as the source gives it, also where the directory does not know it. */
  ref: z.string().max(200).optional(),
  iso3: Iso3Schema.optional(),
  /** A party that the source mentions without naming it ("West African countries"). */
  unnamed: z.boolean().optional(),
  /** A group of countries acting as one; Southern by its members, or as declared by a source (ruling 15). */
  collective: z
    .object({ memberIso3: z.array(Iso3Schema).optional(), group: z.string().optional(), declaredBy: z.string().optional() })
    .optional(),
  role: z.string().optional(),
  partnerType: z.string().optional(),
  agreed: z.boolean().optional(),
  contributesOwnResources: z.boolean().optional(),
  responsibilities: z.string().max(5000).optional(),
})
export type Partner = z.output<typeof PartnerSchema>

export const ValuationSchema = z.object({
  amount: DecimalSchema,
  currency: z.string().length(3),
  basis: z.enum(['actual', 'table', 'estimate']),
  priceYear: z.number().int().optional(),
  source: z.string().max(500).optional(),
})

const SectorShareSchema = z.object({ vocabulary: z.string(), code: z.string(), share: ShareSchema.optional() })

/** Terms of a loan, from which its grant element follows (domain 8.3). */
const LoanTermsSchema = z.object({
  /** Yearly, as a share: '0.02' for 2 %. */
  interestRate: DecimalSchema.optional(),
  maturityYears: z.number().int().min(1).max(100).optional(),
  /** Years in which only interest is paid. */
  graceYears: z.number().int().min(0).max(100).optional(),
  paymentsPerYear: z.number().int().min(1).max(12).optional(),
  repayment: z.enum(['equal_principal', 'annuity', 'bullet']).optional(),
})

/** How an IATI file states a flow: the element that it came from and its codes (domain section 12). */
const PublishedFlowSchema = z.object({
  element: z.enum(['transaction', 'budget', 'planned-disbursement']),
  /** Code of TransactionType, BudgetType or, for a planned disbursement, BudgetType. */
  type: z.string().optional(),
  /** Code of BudgetStatus. */
  status: z.string().optional(),
  ref: z.string().max(300).optional(),
  financeType: z.string().optional(),
  flowType: z.string().optional(),
  aidTypes: z.array(z.object({ vocabulary: z.string().optional(), code: z.string() })).optional(),
  tiedStatus: z.string().optional(),
  disbursementChannel: z.string().optional(),
  humanitarian: z.boolean().optional(),
  /** Identifier of the activity that the money comes from or goes to. */
  giverActivity: z.string().max(300).optional(),
  takerActivity: z.string().max(300).optional(),
})

/** The first four are what people enter; the others are what published transactions are besides. */
export const CONTRIBUTION_NATURES = [
  'commitment',
  'disbursement',
  'delivery',
  'plan',
  'receipt',
  'incoming_commitment',
  'pledge',
  'incoming_pledge',
  'repayment',
  'equity',
  'guarantee',
] as const

export const InitiativeContributionSchema = z.object({
  no: z.string().min(1).max(20),
  /** Partner who gives; absent = not stated, or not a partner: then `giverName` says who. */
  giver: z.string().optional(),
  giverName: z.string().max(500).optional(),
  giverRef: z.string().max(200).optional(),
  taker: z.string().optional(),
  takerName: z.string().max(500).optional(),
  takerRef: z.string().max(200).optional(),
  /** A joint action of peers: there is no single giver. */
  joint: z.boolean().optional(),
  modality: z.string().optional(),
  nature: z.enum(CONTRIBUTION_NATURES).optional(),
  period: PeriodSchema.optional(),
  money: z.object({ amount: DecimalSchema, currency: z.string().length(3), valueDate: PartialDateSchema.optional() }).optional(),
  quantity: z.object({ value: DecimalSchema, unit: z.string() }).optional(),
  description: z.string().max(5000).optional(),
  /** Valuations are a layer beside the quantity, never instead of it (domain 8.1). */
  valuations: z.array(ValuationSchema).optional(),
  /** Where and for what this flow alone is; otherwise it is split as the initiative is. */
  country: Iso3Schema.optional(),
  region: z.object({ vocabulary: z.string().optional(), code: z.string() }).optional(),
  sectors: z.array(SectorShareSchema).optional(),
  loan: LoanTermsSchema.optional(),
  /** Whether it serves a target of the Goals, or a national plan for sustainable development (SDG indicator 17.3.1). */
  sdgLink: z.boolean().optional(),
  /** The recipient objects to its being counted as development support (SDG indicator 17.3.1). */
  recipientObjection: z.boolean().optional(),
  /** Identifier of the initiative whose contribution to a fund already holds this money, so that it is not counted twice. */
  fundedBy: z.string().max(300).optional(),
  /** Code of the list `unFunction`: which function of the United Nations system it serves. */
  unFunction: z.string().optional(),
  published: PublishedFlowSchema.optional(),
})
export type InitiativeContribution = z.output<typeof InitiativeContributionSchema>

const PeriodValueSchema = z.object({
  period: PeriodSchema.optional(),
  target: z.string().max(200).optional(),
  actual: z.string().max(200).optional(),
})

const IndicatorSchema = z.object({
  title: LocalizedTextSchema.optional(),
  /** Code of IndicatorMeasure. */
  measure: z.string().optional(),
  ascending: z.boolean().optional(),
  /** Indicator of a published list: vocabulary 9 is that of the Sustainable Development Goals. */
  references: z.array(z.object({ vocabulary: z.string(), code: z.string() })).optional(),
  baselines: z.array(z.object({ year: z.string().optional(), value: z.string().max(200).optional() })).optional(),
  periods: z.array(PeriodValueSchema).optional(),
})

export const InitiativeResultSchema = z.object({
  level: z.enum(['output', 'outcome', 'impact']).optional(),
  statement: z.string().min(1).max(5000),
  indicator: z.string().max(500).optional(),
  baseline: z.string().max(200).optional(),
  target: z.string().max(200).optional(),
  actual: z.string().max(200).optional(),
  giver: z.string().optional(),
  taker: z.string().optional(),
  attribution: z.enum(['contributed', 'attributed']).optional(),
  /** Indicators with their values by period, as an IATI file states them. */
  indicators: z.array(IndicatorSchema).optional(),
})

export const DocumentLinkSchema = z.object({
  title: z.string().max(500).optional(),
  /** Web addresses only: anything else could run in the reader's browser. */
  url: z
    .string()
    .max(2000)
    .regex(/^https?:\/\//i, 'http://, https://'),
  category: z.string().optional(),
  language: z.string().optional(),
  date: PartialDateSchema.optional(),
})

/** A place, as precisely as the source gives it. */
const LocationSchema = z.object({
  ref: z.string().max(200).optional(),
  name: LocalizedTextSchema.optional(),
  /** Degrees as decimal strings, as stated. */
  latitude: DecimalSchema.optional(),
  longitude: DecimalSchema.optional(),
  admin: z.array(z.object({ vocabulary: z.string().optional(), level: z.string().optional(), code: z.string() })).optional(),
})

/** What an IATI file states about the activity as a whole and nothing else here holds, by code. */
const PublishedDefaultsSchema = z.object({
  scope: z.string().optional(),
  collaborationType: z.string().optional(),
  flowType: z.string().optional(),
  financeType: z.string().optional(),
  aidTypes: z.array(z.object({ vocabulary: z.string().optional(), code: z.string() })).optional(),
  tiedStatus: z.string().optional(),
  currency: z.string().optional(),
  language: z.string().optional(),
  hierarchy: z.string().optional(),
  /** Tags of vocabularies that have no field here. */
  tags: z.array(z.object({ vocabulary: z.string(), code: z.string(), uri: z.string().optional() })).optional(),
})

export const InitiativeFactsSchema = z.object({
  identifiers: z.array(z.object({ scheme: z.string(), value: z.string().min(1).max(300) })).optional(),
  kind: z.enum(['programme', 'project', 'action']).optional(),
  title: LocalizedTextSchema.optional(),
  summary: LocalizedTextSchema.optional(),
  objective: LocalizedTextSchema.optional(),
  /** What was exchanged, with whom, with what result, in the words of the source. */
  exchange: LocalizedTextSchema.optional(),
  reportingOrg: z
    .object({ orgId: z.string().optional(), name: z.string().optional(), ref: z.string().max(200).optional() })
    .optional(),
  plannedPeriod: PeriodSchema.optional(),
  actualPeriod: PeriodSchema.optional(),
  phase: z.enum(['pipeline', 'implementation', 'finalisation', 'closed', 'cancelled', 'suspended']).optional(),
  scale: z.string().optional(),
  purpose: z.enum(['exchange', 'ssc_capacity']).optional(),
  hosts: z.array(Iso3Schema).optional(),
  /** Countries that took part, role not stated. */
  engagedCountries: z.array(Iso3Schema).optional(),
  countries: z.array(z.object({ iso3: Iso3Schema, share: ShareSchema.optional() })).optional(),
  /** Without a vocabulary: a region of the list `region`; with one: as IATI's RegionVocabulary numbers them. */
  regions: z.array(z.object({ vocabulary: z.string().optional(), code: z.string(), share: ShareSchema.optional() })).optional(),
  locations: z.array(LocationSchema).optional(),
  territorialFocus: z.array(z.string()).optional(),
  theme: z.string().optional(),
  sectors: z.array(SectorShareSchema).optional(),
  goals: z
    .array(
      z.object({
        goal: z.string(),
        target: z.string().optional(),
        contribution: z.enum(['principal', 'significant']).optional(),
      }),
    )
    .optional(),
  demandAreas: z.array(z.string()).optional(),
  supportCategories: z.array(z.string()).optional(),
  humanitarian: z.boolean().optional(),
  humanitarianScopes: z.array(z.object({ type: z.string(), vocabulary: z.string(), code: z.string() })).optional(),
  regionalPublicGood: z.boolean().optional(),
  /** Other initiatives by their identifier; type by the list RelatedActivityType. */
  related: z.array(z.object({ type: z.string(), identifier: z.string().max(300) })).optional(),
  partners: z.array(PartnerSchema).optional(),
  /** Types of partner mentioned without a partner (ruling 8). */
  partnerTypes: z.array(z.string()).optional(),
  agencyRoles: z.array(z.object({ role: z.string(), org: z.string().optional() })).optional(),
  contributions: z.array(InitiativeContributionSchema).optional(),
  /** Modalities mentioned without a contribution that says who gives. */
  modalities: z.array(z.string()).optional(),
  /** Budget as stated, when the source does not say who gives it. */
  budget: z.object({ amount: DecimalSchema, currency: z.string().length(3).optional() }).optional(),
  results: z.array(InitiativeResultSchema).optional(),
  documents: z.array(DocumentLinkSchema).optional(),
  /** A person's own label, with the reason; the computed label stays beside it. */
  cooperationOverride: z.object({ type: z.string(), reason: z.string().min(3), by: z.string(), at: z.string() }).optional(),
  /** Columns of an imported file that have no place here, kept under their header. */
  kept: z.record(z.string(), z.string()).optional(),
  published: PublishedDefaultsSchema.optional(),
  /** Never shown in public. */
  contact: z.string().max(2000).optional(),
  note: z.string().max(10_000).optional(),
})
export type InitiativeFacts = z.output<typeof InitiativeFactsSchema>

/** What the initiative's year in a source's list was: the counting unit (ruling 1). */
export const ListedYearSchema = z.object({
  id: z.string(),
  year: z.number().int().min(1900).max(2200).nullable(),
  sourceRow: z.number().int().nullable(),
  runId: z.string().nullable(),
  revision: z.string().nullable(),
  groupKey: z.string().nullable(),
  /** It came from another instance, where a person had entered it and no list stated it. */
  entered: z.boolean().optional(),
})
export type ListedYear = z.output<typeof ListedYearSchema>

export const RECORD_STATES = [
  'draft',
  'submitted',
  'returned',
  'verified',
  'published',
  'under_revision',
  'archived',
  'withdrawn',
] as const
export type RecordState = (typeof RECORD_STATES)[number]

/** The whole record: what a version keeps. */
export interface InitiativeRecord {
  readonly id: string
  readonly collectionId: string
  readonly identifier: string | null
  readonly state: RecordState
  readonly version: number
  readonly publishedVersion: number | null
  readonly importDigest: string | null
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly ownerOrg: string | null
  readonly visibility: 'public' | 'network' | 'group' | 'private'
  readonly facts: InitiativeFacts
  readonly listed: readonly ListedYear[]
}

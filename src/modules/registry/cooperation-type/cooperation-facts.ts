/**
 * What the decision rule on South-South and triangular cooperation reads: facts only, stated by somebody (domain 7.1).
 */
import type { PartialDate } from '../../../kernel/partial-date.ts'

/**
 * - country: a government, sub-national government, university, company or organisation, which takes the country of its seat
 * - multilateral, regional_body: an organisation of several countries
 * - other: known to have no country, as an international non-governmental organisation; never makes an initiative Southern
 */
export type PartnerKind = 'country' | 'multilateral' | 'regional_body' | 'other'

/** One partner in one role; a party with two roles has two rows. */
export interface PartnerFacts {
  readonly id: string
  /** ISO 3166-1 alpha-3 of the seat. */
  readonly iso3?: string | undefined
  readonly role?: string | undefined
  /** Without it, the type of partner decides; without either, the partner is taken as one that has a country. */
  readonly kind?: PartnerKind | undefined
  readonly partnerType?: string | undefined
  /** A party that the source mentions without naming it. */
  readonly unnamed?: boolean | undefined
  /** Region or group by which an unnamed party is known ("West African countries"). */
  readonly groupName?: string | undefined
  /** Countries of the region, group or regional body, as far as recorded. */
  readonly memberIso3?: readonly string[] | undefined
  /** A source says that this is a collective of Southern countries; counts only where members are not recorded. */
  readonly collectiveDeclared?: boolean | undefined
  readonly contributesOwnResources?: boolean | undefined
}

/** A contribution or result, as far as it says who gave and who took: ids of partners. */
export interface ExchangeFacts {
  readonly giver?: string | undefined
  readonly taker?: string | undefined
  /** A joint action of peers, without a single giver. */
  readonly joint?: boolean | undefined
  readonly modality?: string | undefined
}

export interface CooperationFacts {
  readonly partners: readonly PartnerFacts[]
  readonly contributions?: readonly ExchangeFacts[] | undefined
  readonly results?: readonly ExchangeFacts[] | undefined
  /** `ssc_capacity`: one country is helped to run South-South cooperation. */
  readonly purpose?: 'exchange' | 'ssc_capacity' | undefined
  /** Membership of country groups is read on this date; undefined leaves the choice to `isSouth`. */
  readonly startDate?: PartialDate | undefined
  /** A person's own label with the reason (domain 7.1). */
  readonly override?: { readonly type: CooperationType; readonly reason: string } | undefined
}

export const COOPERATION_TYPES = ['SSC', 'TRC', 'MSS', 'ENABLING', 'NSC', 'NONE', 'UNDETERMINED'] as const

export type CooperationType = (typeof COOPERATION_TYPES)[number]

/**
 * One sentence in code: its text is `cooperation.explanation.<code>` or `cooperation.missing.<code>`. Parameters that are
 * lists hold ISO codes (`countries`) or partner ids (`partners`); the page puts names in their place.
 */
export interface CooperationNote {
  readonly code: string
  readonly params: Readonly<Record<string, string | number | readonly string[]>>
}

export interface CooperationResult {
  readonly type: CooperationType
  /** Step of the decision rule that decided, 1 to 9 (docs/decisions/0003-decision-rule.md). */
  readonly step: number
  readonly explanation: readonly CooperationNote[]
  /** Facts to record for a firmer label. */
  readonly missing: readonly CooperationNote[]
  /** What the rule says where a person has overridden it. */
  readonly computed?: { readonly type: CooperationType; readonly step: number }
}

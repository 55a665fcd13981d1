/**
 * The readings of South-South cooperation that are computed side by side (domain 7.2, 7.4). A report names the one that it uses.
 */
export interface CooperationProfile {
  readonly key: string
  /** Key of the profile in `codes` that says which countries are South. */
  readonly southProfile: string
  /**
   * What a multilateral supporter makes of an exchange without a developed country: something of its own (MSS), or
   * triangular cooperation, as the wording of the guidelines has it.
   */
  readonly multilateralRule: 'separate' | 'triangular'
  /** Whether a third Southern country that supports makes an exchange triangular. */
  readonly southernSecondProvider: boolean
}

export const COOPERATION_PROFILES: readonly CooperationProfile[] = [
  { key: 'un_default', southProfile: 'un_default', multilateralRule: 'separate', southernSecondProvider: true },
  { key: 'g77_only', southProfile: 'g77_only', multilateralRule: 'separate', southernSecondProvider: true },
  { key: 'dac', southProfile: 'dac', multilateralRule: 'separate', southernSecondProvider: true },
  { key: 'guidelines', southProfile: 'un_default', multilateralRule: 'triangular', southernSecondProvider: true },
]

export function findCooperationProfile(key: string): CooperationProfile | undefined {
  return COOPERATION_PROFILES.find((profile) => profile.key === key)
}

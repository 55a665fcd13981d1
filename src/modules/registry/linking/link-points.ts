/**
 * What each sign is worth, in points: the sum, from 0 to 100, is the likeness that the review page shows, and each sign stands beside it
 * with its points. Chosen on the lists of 2013 and on made-up triples (docs/decisions/0009-who-is-who.md); nothing is learned
 * from an installation's data, so the same records give the same points everywhere.
 */

/** From here on the review page shows a pair unless it is asked for more. */
export const DEFAULT_THRESHOLD = 55
/** Below this nothing is kept: a person would read a hundred pairs to find one. */
export const KEPT_FROM = 40

export const POINTS = {
  identifierEqual: 70,
  statedSame: 70,
  fileNumberShared: 45,
  titleEqual: 50,
  titleAlike: 50,
  titleInside: 46,
  moneyEqual: 30,
  moneyNear: 18,
  datesNear: 20,
  /** Many things begin on 1 January and end on 31 December. */
  datesNearAtTurnOfYear: 14,
  oneDateNear: 8,
  /** Only the start, or only the end, is stated by both. */
  onlyDateNear: 16,
  sameYears: 6,
  listedWithin: 4,
  countriesSame: 10,
  countriesShared: 5,
  orgRare: 8,
  orgKnown: 4,
  orgCommon: 1,
  orgsAtMost: 14,
  sectorsShared: 4,

  statedPart: -70,
  /** Phases and components, whatever else they share. */
  numbersDiffer: -70,
  yearsDiffer: -30,
  numberMissing: -40,
  /** In titles of two scripts a translator may have left it out. */
  numberMissingInTranslation: -20,
  yearMissing: -6,
  titleDiffers: -25,
  wordsDiffer: -15,
  moneyDiffers: -20,
  moneyFar: -30,
  datesDiffer: -20,
  periodsApart: -45,
  notListedWithin: -3,
  countriesDiffer: -50,
  kindDiffers: -8,
  levelDiffers: -20,
  rivalEqual: -15,
  rivalBetter: -30,
} as const

/**
 * Number words of French, with those of Belgium and Switzerland. `un` and `une` are articles and count only in a compound.
 */
import { type FixedExpression, foldedSet, type NumberWords } from './numeral.ts'

const NUMBERS = foldedSet(`
  zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante
  cinquante soixante septante huitante octante nonante cent cents mille million millions milliard milliards billion billions
  premier première premiers premières second seconde seconds secondes premièrement deuxièmement troisièmement
  deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième
  quinzième seizième vingtième trentième quarantième cinquantième soixantième centième millième millionième unième
  deuxièmes troisièmes quatrièmes cinquièmes sixièmes septièmes huitièmes neuvièmes dixièmes vingtièmes centièmes millièmes
  demi demie demis demies moitié moitiés tiers tierce tierces quart quarts
  huitaine dizaine dizaines douzaine douzaines quinzaine quinzaines vingtaine vingtaines trentaine quarantaine cinquantaine
  soixantaine centaine centaines millier milliers
  double doubles doublé doublée doublés doublées doubler doublent doublement triple triples triplé triplée tripler triplent
  quadruple quadruplé quadrupler quintuple décuple décuplé décupler centuple
  duo duos trio trios
`)

// quarantesix, vingtetun, quatrevingtdix: a compound typed as a single word.
const JOINED =
  /^(?:vingt|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|quatrevingts?)(?:et)?(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize)?(?:ieme|ne|uieme|vieme)?s?$/

const FIXED: readonly FixedExpression[] = [
  { phrase: 'pour cent', reason: 'the percent sign in words; the number before it is what counts' },
  { phrase: 'premier ministre', reason: 'title of a person' },
  { phrase: 'première ministre', reason: 'title of a person' },
  { phrase: 'premiers ministres', reason: 'title of persons' },
  { phrase: 'au premier plan', reason: 'means in a prominent place' },
  { phrase: 'matière première', reason: 'raw material' },
  { phrase: 'matières premières', reason: 'raw materials' },
  { phrase: 'premier fournisseur', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'second fournisseur', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'pays tiers', reason: 'countries outside, not a fraction' },
  { phrase: 'des tiers', reason: 'persons outside, not a fraction' },
  { phrase: 'tierce partie', reason: 'somebody outside' },
  { phrase: 'tierces parties', reason: 'persons outside' },
  { phrase: 'à neuf', reason: 'neuf means new' },
  { phrase: 'tout neuf', reason: 'neuf means new' },
  { phrase: 'double comptage', reason: 'the statistical mistake' },
  { phrase: 'double emploi', reason: 'means overlap' },
  { phrase: 'double imposition', reason: 'term of tax law' },
]

export const FRENCH: NumberWords = {
  isNumber: (word) => NUMBERS.has(word) || JOINED.test(word),
  compoundOnly: foldedSet('un une'),
  connectors: new Set(['et']),
  phrases: ['une paire de', 'paires de', 'un couple de', 'couples de'],
  percent: 'pour\\s?cent',
  fixed: FIXED,
}

/** Number words of English: cardinals, ordinals, fractions, multiples. */
import { type FixedExpression, foldedSet, type NumberWords } from './numeral.ts'

const NUMBERS = foldedSet(`
  zero nil nought naught one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
  hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens
  first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
  sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth
  ninetieth hundredth thousandth millionth billionth
  thirds fourths fifths sixths sevenths eighths ninths tenths twentieths hundredths thousandths millionths
  half halves quarter quarters twice thrice firstly secondly thirdly fourthly
  double doubles doubled doubling triple triples tripled tripling treble trebled quadruple quadrupled quadrupling
  quintuple quintupled twenties thirties forties fifties sixties seventies eighties nineties
  both duo duos trio trios quartet quartets quintet quintets
`)

const CARDINAL =
  `one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|
  nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion`.replace(/\s/g, '')
const ORDINAL = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth|millionth'
// fortysix, twohundredandfive, fortysixth; twelvefold, twentyfold.
const JOINED = new RegExp(`^(?:${CARDINAL})(?:(?:and)?(?:${CARDINAL}|${ORDINAL}))+$`)
const FOLD = new RegExp(`^(?:${CARDINAL})(?:(?:and)?(?:${CARDINAL}))*fold$`)

const PRONOUN = '"one" is a pronoun here'
const NAME = 'part of a name'
const TERM = 'term of the field; says a role, not a rank'

const FIXED: readonly FixedExpression[] = [
  ...[
    'one another',
    'no one',
    "one's",
    'the one that',
    'the one which',

    'each one',
    'every one',
    'another one',
    'one can',
    'one may',
    'one must',
    'one should',
    'one could',
    'one would',
    'one might',
  ].map((phrase) => ({ phrase, reason: PRONOUN })),
  { phrase: 'delivering as one', reason: NAME },
  { phrase: 'one un', reason: NAME },
  { phrase: 'one health', reason: NAME },
  { phrase: 'first provider', reason: TERM },
  { phrase: 'first providers', reason: TERM },
  { phrase: 'second provider', reason: TERM },
  { phrase: 'second providers', reason: TERM },
  { phrase: 'third party', reason: 'somebody outside, not a count' },
  { phrase: 'third parties', reason: 'somebody outside, not a count' },
  { phrase: 'one off', reason: 'means not repeated' },
  { phrase: 'one stop', reason: 'means all in the same place' },
  { phrase: 'at first', reason: 'means in the beginning' },
  { phrase: 'first of all', reason: 'means above all' },
  { phrase: 'in the first place', reason: 'means originally' },
  { phrase: 'first hand', reason: 'means direct' },
  { phrase: 'second hand', reason: 'means used, or indirect' },
  { phrase: 'double counting', reason: 'the statistical mistake' },
  { phrase: 'double counted', reason: 'the statistical mistake' },
  { phrase: 'double count', reason: 'the statistical mistake' },
]

export const ENGLISH: NumberWords = {
  isNumber: (word) => NUMBERS.has(word) || JOINED.test(word) || FOLD.test(word),
  compoundOnly: new Set(),
  connectors: new Set(['and']),
  phrases: [
    'a pair of',
    'pairs of',
    'in pairs',
    'a couple',
    'couples of',
    'a score of',
    'a score or more',
    'scores of',
    'the pair of',
  ],
  percent: 'per\\s?cent|percent',
  fixed: FIXED,
}

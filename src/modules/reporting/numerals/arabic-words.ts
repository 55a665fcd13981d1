/**
 * Number words of Arabic in both genders, with the article and the prefixed particles (و ف ب ل ك).
 * Duals state the number two in their ending; those of the words that reports count are listed, since the ending alone
 * does not tell (بلدان is also the plural of بلد). أحد and إحدى are left out: "one of" is a pronoun.
 * ضعف (weakness, double) counts in the phrases where it means double; ثمن (price, eighth) and كلي (total, both) are left out because
 * the other meaning prevails.
 */
import type { FixedExpression, NumberWords } from './numeral.ts'

const NUMBERS = wordSet(`
  صفر واحد واحدة اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة
  ثمان ثماني ثمانية تسع تسعة عشر عشرة
  عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين عشرات
  عشرينات ثلاثينات أربعينات خمسينات ستينات سبعينات ثمانينات تسعينات عشرينيات ثلاثينيات أربعينيات خمسينيات ستينيات
  سبعينيات ثمانينيات تسعينيات
  مائة مئة مائتان مائتين مئتان مئتين مائتا مائتي مئتا مئتي مئات ألف ألفا ألفان ألفين ألفي آلاف ألوف
  مليون مليونا مليونان مليونين ملايين مليار مليارا ملياران مليارين مليارات بليون بليونا بليونان بليونين بلايين
  تريليون تريليونات ترليون
  أول أولى أولا ثان ثاني ثانية ثانيا ثالث ثالثة ثالثا رابع رابعة رابعا خامس خامسة خامسا سادس سادسة سادسا سابع سابعة
  سابعا ثامن ثامنة ثامنا تاسع تاسعة تاسعا عاشر عاشرة عاشرا حادي حادية
  نصف نصفان نصفين أنصاف ثلث ثلثان ثلثين ثلثا ثلثي أثلاث ربع ربعان ربعين أرباع أخماس سدس أسداس أعشار
  كلا كلتا كلتي كلاهما كليهما كلتاهما كلتيهما زوجان زوجين
  ضعفان ضعفين ضعفي أضعاف تضاعف تضاعفت يتضاعف تتضاعف ضاعف ضاعفت يضاعف مرتان مرتين
  بلدين دولتان دولتين دولتي عامان عامين عامي سنتان سنتين شهران شهرين يومان يومين أسبوعان أسبوعين عقدان عقدين
  مشروعان مشروعين مبادرتان مبادرتين منطقتان منطقتين قائمتان قائمتين مرحلتان مرحلتين
`)

const HUNDREDS = /^(?:ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني|تسع)(?:مائة|مئة)$/

// نصفها, ثلثهم: a fraction with a pronoun attached.
const FRACTION_OF = /^(?:نصف|ثلث|ثلثا|ثلثي|ربع|خمس|سدس|عشر)(?:ها|هم|هما|هن|ه)$/

// و ف, then ب ل ك, then the article; لل is ل with the article.
const PREFIX = /^[وف]?(?:لل|[بلك]?(?:ال)?)/

// "لست" is "I am not", "فست" and "كست" are no numbers either: six takes only و and the article.
const NOT_NUMBERS = wordSet('لست فست كست')

// أحد and إحدى after a particle look like واحد once the hamza is dropped, so they are told apart before.
const ONE_OF = /^[وفبلك]?(?:أحد|إحدى)$/

const FIXED: readonly FixedExpression[] = [
  ...['في المائة', 'في المئة', 'بالمائة', 'بالمئة'].map((phrase) => ({
    phrase,
    reason: 'the percent sign in words; the number before it is what counts',
  })),
  { phrase: 'في المقام الأول', reason: 'means above all' },
  { phrase: 'للوهلة الأولى', reason: 'means at a glance' },
  { phrase: 'طرف ثالث', reason: 'somebody outside, not a count' },
  { phrase: 'الطرف الثالث', reason: 'somebody outside, not a count' },
  { phrase: 'أطراف ثالثة', reason: 'persons outside, not a count' },
  { phrase: 'الأطراف الثالثة', reason: 'persons outside, not a count' },
  { phrase: 'الوزير الأول', reason: 'title of a person' },
  { phrase: 'مقدم التعاون الأول', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'مقدم التعاون الثاني', reason: 'term of the field; says a role, not a rank' },
  { phrase: 'ألف -', reason: 'the letter that marks part A of a report' },
]

export const ARABIC: NumberWords = {
  isNumber(word) {
    const written = word.replace(/[\p{M}\u0640]/gu, '')
    const bare = withoutHamza(written)
    if (ONE_OF.test(written) || NOT_NUMBERS.has(bare.replace(/^[وف]/, ''))) return false
    return candidates(bare).some((candidate) => NUMBERS.has(candidate) || HUNDREDS.test(candidate) || FRACTION_OF.test(candidate))
  },
  compoundOnly: new Set(),
  connectors: new Set(),
  phrases: [
    ...[
      'ضعف ما',
      'ضعف عدد',
      'ضعف العدد',
      'ضعف حجم',
      'ضعف الحجم',
      'ضعف قيمة',
      'ضعف القيمة',
      'ضعف نسبة',
      'ضعف النسبة',
      'ضعف متوسط',
    ],
    ...['إلى الضعف', 'بمقدار الضعف', 'بالضعف', 'زوج من'],
  ].flatMap((phrase) => [phrase, withoutHamza(phrase)]),
  percent: '(?:في\\s+|ب)(?:المائة|المئة)',
  // Typists often leave the hamza out.
  fixed: FIXED.flatMap((expression) => [expression, { ...expression, phrase: withoutHamza(expression.phrase) }]),
}

function withoutHamza(text: string): string {
  return text.replace(/[أإآ]/g, 'ا')
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(withoutHamza(words).split(/\s+/).filter(Boolean))
}

/** The word itself, without its conjunction, article or particle, and without all prefixes. */
function candidates(word: string): string[] {
  const withoutConjunction = word.replace(/^[وف]/, '')
  return [
    word,
    withoutConjunction,
    withoutConjunction.replace(/^ال/, ''),
    withoutConjunction.replace(/^[بلك]/, ''),
    word.replace(PREFIX, ''),
  ]
}

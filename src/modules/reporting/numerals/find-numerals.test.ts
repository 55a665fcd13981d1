import { describe, expect, test } from 'vitest'
import { findNumerals } from './find-numerals.ts'

interface Case {
  readonly lang: string
  readonly text: string
  readonly found: readonly string[]
  readonly kind?: string
}

const PLANTED: readonly Case[] = [
  // digits
  { lang: 'en', text: 'In 469 projects', found: ['469'], kind: 'digits' },
  { lang: 'en', text: 'more than 3,500 projects, or 1.5', found: ['3,500', '1.5'], kind: 'digits' },
  { lang: 'fr', text: 'plus de 3\u202f500 projets et 2,3', found: ['3\u202f500', '2,3'], kind: 'digits' },
  { lang: 'en', text: 'the G20 and COVID-19', found: ['20', '19'], kind: 'digits' },
  { lang: 'en', text: 'rose to 26% and 26 per cent', found: ['26%', '26 per cent'], kind: 'percent' },
  { lang: 'fr', text: 'une part de 26 % ou vingt-six pour cent', found: ['26 %', 'vingt-six pour cent'], kind: 'percent' },
  { lang: 'es', text: 'el veintiséis por ciento', found: ['veintiséis por ciento'], kind: 'percent' },
  {
    lang: 'ru',
    text: '26 процентов и двадцать шесть процентов',
    found: ['26 процентов', 'двадцать шесть процентов'],
    kind: 'percent',
  },
  { lang: 'ar', text: 'نسبة ٢٦٪ من الشركاء', found: ['٢٦٪'], kind: 'percent' },
  { lang: 'ar', text: 'في ٤٦٩ مشروعا', found: ['٤٦٩'], kind: 'arabic-indic' },
  { lang: 'ar', text: 'العدد ۴۶۹ هنا', found: ['۴۶۹'], kind: 'extended-arabic-indic' },
  { lang: 'zh', text: '共４６９个项目', found: ['４６９'], kind: 'fullwidth' },
  { lang: 'en', text: 'devanagari ४६९', found: ['४६९'], kind: 'other-digits' },
  { lang: 'en', text: 'about ½ of the rows, note ²', found: ['½', '²'], kind: 'symbol' },
  // Chinese
  { lang: 'zh', text: '百分之二十六的伙伴', found: ['百分之二十六'], kind: 'percent' },
  { lang: 'zh', text: '审查了三千五百个项目', found: ['三千五百'], kind: 'chinese' },
  { lang: 'zh', text: '两个国家之间', found: ['两'], kind: 'chinese' },
  { lang: 'zh', text: '半数以上、三分之二、第十七届、三成', found: ['半', '三分之二', '第十七', '三成'], kind: 'chinese' },
  { lang: 'zh', text: '进一步支持三个国家', found: ['三'], kind: 'chinese' },
  { lang: 'zh', text: '3.5万人', found: ['3.5万'] },
  { lang: 'zh', text: '叁佰元', found: ['叁佰'], kind: 'chinese' },
  { lang: 'zh', text: '十分之三', found: ['十分之三'], kind: 'chinese' },
  { lang: 'en', text: 'the Chinese text says 四百六十九', found: ['四百六十九'], kind: 'chinese' },
  // Roman
  { lang: 'en', text: 'Figures II and XIV', found: ['II', 'XIV'], kind: 'roman' },
  { lang: 'en', text: 'see Part I', found: ['I'], kind: 'roman' },
  { lang: 'en', text: 'I. Introduction', found: ['I'], kind: 'roman' },
  { lang: 'en', text: 'in MMXV, at (iv)', found: ['MMXV', 'iv'], kind: 'roman' },
  { lang: 'fr', text: 'le XXIe siècle', found: ['XXI'], kind: 'roman' },
  { lang: 'es', text: 'el siglo XXI', found: ['XXI'], kind: 'roman' },
  { lang: 'ru', text: 'в ХХІ веке', found: ['ХХІ'], kind: 'roman' },
  { lang: 'zh', text: '图Ⅱ', found: ['Ⅱ'], kind: 'roman' },
  // words: English
  { lang: 'en', text: 'twenty-one countries', found: ['twenty-one'], kind: 'word' },
  {
    lang: 'en',
    text: 'one hundred and five, two thirds, a dozen',
    found: ['one hundred and five', 'two thirds', 'dozen'],
    kind: 'word',
  },
  { lang: 'en', text: 'Half of them twice, the third, tenfold', found: ['Half', 'twice', 'third', 'tenfold'], kind: 'word' },
  { lang: 'en', text: 'three-country exchange', found: ['three'], kind: 'word' },
  { lang: 'en', text: 'some 3.5 million people', found: ['3.5 million'] },
  { lang: 'en', text: 'one of the offices', found: ['one'], kind: 'word' },
  // words: French
  { lang: 'fr', text: 'vingt et un pays', found: ['vingt et un'], kind: 'word' },
  {
    lang: 'fr',
    text: 'quatre-vingt-dix-neuf lignes et soixante-et-une',
    found: ['quatre-vingt-dix-neuf', 'soixante-et-une'],
    kind: 'word',
  },
  {
    lang: 'fr',
    text: 'deux tiers, la moitié, une dizaine, la première',
    found: ['deux tiers', 'moitié', 'dizaine', 'première'],
    kind: 'word',
  },
  { lang: 'fr', text: 'DEUXIEME SESSION', found: ['DEUXIEME'], kind: 'word' },
  { lang: 'fr', text: 'nonante-cinq et septante', found: ['nonante-cinq et septante'], kind: 'word' },
  // words: Spanish
  { lang: 'es', text: 'treinta y uno, doscientas filas', found: ['treinta y uno', 'doscientas'], kind: 'word' },
  {
    lang: 'es',
    text: 'la mitad, un tercio, el segundo año, el doble',
    found: ['mitad', 'tercio', 'segundo', 'doble'],
    kind: 'word',
  },
  { lang: 'es', text: 'dos millones y medio', found: ['dos millones y medio'], kind: 'word' },
  { lang: 'es', text: 'la decimoséptima reunión', found: ['decimoséptima'], kind: 'word' },
  { lang: 'fr', text: 'le Ier rang', found: ['I'], kind: 'roman' },
  { lang: 'en', text: 'the XIXth session', found: ['XIX'], kind: 'roman' },
  { lang: 'ru', text: 'за полгода в трёхэтапном плане', found: ['полгода', 'трёхэтапном'], kind: 'word' },
  { lang: 'es', text: 'once países', found: ['once'], kind: 'word' },
  // words: Russian, cases and genders
  { lang: 'ru', text: 'двадцать один проект', found: ['двадцать один'], kind: 'word' },
  { lang: 'ru', text: 'между двумя странами, в трёх случаях, пятью', found: ['двумя', 'трёх', 'пятью'], kind: 'word' },
  {
    lang: 'ru',
    text: 'половина, треть, вдвое, полтора, второй',
    found: ['половина', 'треть', 'вдвое', 'полтора', 'второй'],
    kind: 'word',
  },
  {
    lang: 'ru',
    text: 'первая, третьего, пятидесятых, двухсотый',
    found: ['первая', 'третьего', 'пятидесятых', 'двухсотый'],
    kind: 'word',
  },
  { lang: 'ru', text: 'двухгодичный план и пятилетний период', found: ['двухгодичный', 'пятилетний'], kind: 'word' },
  { lang: 'ru', text: 'четырьмястами шестьюдесятью девятью', found: ['четырьмястами шестьюдесятью девятью'], kind: 'word' },
  { lang: 'ru', text: '14 млн долларов', found: ['14 млн'] },
  // words: Arabic, genders, cases, prefixes, duals
  { lang: 'ar', text: 'اثنان وعشرون مشروعا', found: ['اثنان وعشرون'], kind: 'word' },
  { lang: 'ar', text: 'ثلاثة عشر بلدا وثلاث عشرة دولة', found: ['ثلاثة عشر', 'وثلاث عشرة'], kind: 'word' },
  { lang: 'ar', text: 'أربعمائة وتسعة وستون', found: ['أربعمائة وتسعة وستون'], kind: 'word' },
  { lang: 'ar', text: 'نصف البلدان وثلثها ثم الربع', found: ['نصف', 'وثلثها', 'الربع'], kind: 'word' },
  { lang: 'ar', text: 'للمرة الأولى وفي الدورة الثامنة عشرة', found: ['الأولى', 'الثامنة عشرة'], kind: 'word' },
  { lang: 'ar', text: 'بين دولتين، بألف دولار', found: ['دولتين', 'بألف'], kind: 'word' },
  { lang: 'ar', text: 'خَمْسَةُ بلدان', found: ['خَمْسَةُ'], kind: 'word' },
  { lang: 'ar', text: 'عشرون في المائة', found: ['عشرون في المائة'], kind: 'percent' },
  // both, pairs, scores, doubling
  { lang: 'en', text: 'Both offices, a pair of countries', found: ['Both', 'a pair of'], kind: 'word' },
  { lang: 'en', text: 'a couple of lists and a score of rows', found: ['a couple', 'a score of'], kind: 'word' },
  { lang: 'fr', text: 'les deux pays et une paire de villes', found: ['deux', 'une paire de'], kind: 'word' },
  { lang: 'es', text: 'ambos países y ambas listas, un par de filas', found: ['ambos', 'ambas', 'un par de'], kind: 'word' },
  { lang: 'ru', text: 'оба списка, в обеих странах, пара стран', found: ['оба', 'обеих', 'пара стран'], kind: 'word' },
  { lang: 'ar', text: 'كلا الطرفين وكلتا الدراستين', found: ['كلا', 'وكلتا'], kind: 'word' },
  { lang: 'ar', text: 'بلغ ضعف ما كان، وارتفع إلى الضعف، وتضاعف', found: ['ضعف ما', 'إلى الضعف', 'وتضاعف'], kind: 'word' },
  { lang: 'zh', text: '项目倍增，贸易额翻番，加倍', found: ['倍增', '翻番', '加倍'], kind: 'chinese' },
  { lang: 'zh', text: '參佰元、貳拾參項、陸萬', found: ['參佰', '貳拾參', '陸萬'], kind: 'chinese' },
  // compounds typed as a single word
  { lang: 'en', text: 'fortysix rows, twohundredandfive, twentyfold', found: ['fortysix', 'twohundredandfive', 'twentyfold'] },
  { lang: 'fr', text: 'quarantesix lignes, vingtetun', found: ['quarantesix', 'vingtetun'], kind: 'word' },
  { lang: 'es', text: 'cuarentaiséis filas, dosmil', found: ['cuarentaiséis', 'dosmil'], kind: 'word' },
  {
    lang: 'ru',
    text: 'двадцатишестипроцентный рост, стопятидесятилетие, семнадцатилетний, двукратно, одногодичный',
    found: ['двадцатишестипроцентный', 'стопятидесятилетие', 'семнадцатилетний', 'двукратно', 'одногодичный'],
    kind: 'word',
  },
  // Roman in small letters
  { lang: 'en', text: 'annex xiv, part vi, mmxv and xlii', found: ['xiv', 'vi', 'mmxv', 'xlii'], kind: 'roman' },
  { lang: 'fr', text: 'au xixe siècle', found: ['xix'], kind: 'roman' },
  { lang: 'en', text: 'the year MM', found: ['MM'], kind: 'roman' },
  // invisible signs, signs of their own for accents, wide letters
  { lang: 'en', text: 'twen\u00adty and 4\u200b6 and f\u2060ive', found: ['twen\u00adty', '4\u200b6', 'f\u2060ive'] },
  { lang: 'fr', text: 'la deuxie\u0300me', found: ['deuxie\u0300me'], kind: 'word' },
  { lang: 'en', text: 'ｔｗｅｎｔｙ', found: ['ｔｗｅｎｔｙ'], kind: 'word' },
  { lang: 'en', text: 'n\u0456ne of them', found: ['n\u0456ne'], kind: 'word' },
  { lang: 'en', text: 'Chapter Xiv', found: ['Xiv'], kind: 'roman' },
  // another language inside the text
  { lang: 'fr', text: 'dans twenty pays', found: ['twenty'], kind: 'word' },
  { lang: 'es', text: 'en twenty-six países y quatre', found: ['twenty-six', 'quatre'], kind: 'word' },
  { lang: 'en', text: 'in vingt-six and veinte', found: ['vingt-six', 'veinte'], kind: 'word' },
  { lang: 'zh', text: '共有 cuarenta', found: ['cuarenta'], kind: 'word' },
  { lang: 'en', text: 'the Russian text says двадцать', found: ['двадцать'], kind: 'word' },
]

describe('a numeral typed by hand is found in every form and language', () => {
  test.each(PLANTED)('$lang: $text', ({ lang, text, found, kind }) => {
    const numerals = findNumerals(text, lang)
    expect(numerals.map((numeral) => numeral.text)).toEqual(found)
    for (const numeral of numerals) {
      expect(text.slice(numeral.start, numeral.end)).toBe(numeral.text)
      if (kind) expect(numeral.kind).toBe(kind)
    }
  })
})

const HARMLESS: readonly (readonly [string, string])[] = [
  [
    'en',
    'Once per cent, a few cents and the coup; many miles to seize; Sept; dos and quince; tiers; the score, scored, paired, coupled.',
  ],
  ['en', 'A mix of civil and vivid; mild; oneness, often, stone; Xi and Di.'],
  ['fr', 'Très vite, tres, au dos, une once, MM. Dupont et Durand, la vie, il dit.'],
  ['es', 'Ten en cuenta que vi esto.'],
  ['ru', 'Одновременно, однородный, одноименный, пар, обаяние, двусторонний, трехсторонний.'],
  ['ar', 'ضعف القدرات، الاقتصاد الكلي، بشكل كلي.'],
  ['zh', '参加、参与、參加會議，队伍、内陆发展中国家、大陆，陆续。'],
  ['pt', 'A vida dos outros e os países dos continentes.'],
  ['en', 'I think that the MIX of CIVIL partners is a CV, a CD and a PDF.'],
  ['en', 'They learn from one another, and no one is left behind; Delivering as One.'],
  [
    'en',
    'The first provider and a second provider; secondment to headquarters; anyone, someone, often, attention, weight, tent.',
  ],
  ['en', 'Flow group C and group D, LDC, LLDC, CIV, country X, per cent.'],
  ['fr', 'Un pays, une liste, le Premier Ministre, des tiers, pour cent, centre, dixit, onzain.'],
  [
    'es',
    'Un país, una lista, por ciento, medio ambiente, medios de ejecución, el examen de mitad de período, entonces, el Primer Ministro.',
  ],
  [
    'ru',
    'В первую очередь трехстороннее сотрудничество, одновременно, единство, первоначально, старый стол, растет, некоторые, одни и другие.',
  ],
  ['ru', 'Утром двусторонние встречи, с одной стороны; двойной счет; история, пятно, сторона, стоит.'],
  [
    'ar',
    'التعاون الثلاثي فيما بين بلدان الجنوب، والأولويات، وأحد الشركاء وإحدى الدول، في المائة، لست متأكدا، ليست، الوحدة، استراتيجية.',
  ],
  ['zh', '一些国家进一步统一认识，一致同意第三方参与三角合作和三方合作，一般而言一直如此。'],
  ['zh', '四舍五入后的百分点，一方面十分重要，一系列行动，唯一的办法，二氧化碳。'],
]

describe('a word that only looks like a numeral is let through', () => {
  test.each(HARMLESS)('%s: %s', (lang, text) => {
    expect(findNumerals(text, lang)).toEqual([])
  })
})

test('a fixed expression hides itself only, not the numeral beside it', () => {
  expect(findNumerals('进一步支持两国统一行动的三项计划', 'zh').map(({ text }) => text)).toEqual(['两', '三'])
  expect(findNumerals('the first provider of two', 'en').map(({ text }) => text)).toEqual(['two'])
})

test('a text without numerals gives an empty list, and so does an empty text', () => {
  expect(findNumerals('', 'en')).toEqual([])
  expect(findNumerals('Nothing is counted here.', 'en')).toEqual([])
})

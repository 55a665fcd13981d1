/**
 * Chinese numerals: 二十六, 三千五百, 百分之三十, 两个国家, 第十七, 半数. They are found by their characters, so words that
 * merely contain one (统一, 进一步) are listed with the reason why they are let through.
 */
import type { FixedExpression, Numeral } from './numeral.ts'

const DIGIT = '零〇一二三四五六七八九十百千万亿两半壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億兩廿卅卌俩仨'
// 參 (and 参) is three beside a formal unit, and else a part of 參加, to take part.
const FORMAL_UNIT = '[拾佰仟萬万億亿]'
const NUMBER = `(?:[${DIGIT}]|[參参](?=${FORMAL_UNIT})|(?<=${FORMAL_UNIT})[參参](?![加与與照考观觀展]))`
// Doubling, which states the number two without a numeral.
const DOUBLE = '倍增|翻番|翻倍|加倍|双倍|雙倍|成倍'
const CHINESE = new RegExp(
  `${DOUBLE}|第?${NUMBER}+(?:分之${NUMBER}+)?(?:[点又]${NUMBER}+)?(?:成(?!立|为|功|果|员|本|就|长|熟))?`,
  'gu',
)

function words(list: string, reason: string): FixedExpression[] {
  return list.split(' ').map((phrase) => ({ phrase, reason }))
}

export const CHINESE_FIXED: readonly FixedExpression[] = [
  ...words('一些 一系列 一揽子', 'means some, a set of'),
  ...words('统一 一致 同一 单一 唯一 专一 一体化 一体 一样 一同 一道 一起 一并', 'means the same, together, only'),
  ...words(
    '进一步 一般 一定 一直 一旦 一切 一律 一贯 一向 一概 一再 一经 一举 一味 一度 逐一 不一 万一',
    'an adverb or conjunction',
  ),
  ...words('一方面 另一方面', 'means on the other hand'),
  ...words('第三方', 'somebody outside, not a count'),
  ...words('第一手', 'means direct'),
  ...words('一站式 一次性', 'means in the same place; not repeated'),
  ...words('三角合作 三方合作 三角 三边', 'triangular, the name of the kind of cooperation'),
  ...words('一带一路 一体行动 二氧化碳 二维码 三农 四川 百科 万维网 千年发展目标', 'part of a name'),
  ...words('百分点 百分比 百分率 百分数', 'the unit; the number before it is what counts'),
  ...words('千瓦 千克 千米', 'the unit; the number before it is what counts'),
  ...words('四舍五入', 'means rounding'),
  ...words('千方百计 百姓 万能 万物 一目了然 十字路口', 'a fixed saying'),
  ...words('零散 零售 零星 零部件', 'means scattered, retail, parts'),
  ...words('半岛 半导体 半自动 半干旱', 'part of a compound noun'),
  ...words(
    '队伍 退伍 大陆 内陆 陆地 陆路 陆续 登陆 着陆 陆上 隊伍 大陸 內陸 陸地 陸路 陸續 肆意 大肆 收拾',
    'a formal numeral as part of another word',
  ),
  ...words('两性', 'the sexes, as in equality of women and men'),
]

// 十分 is "very", but 十分之三 is three tenths and 十分钟 ten minutes.
const VERY = '十分(?![之钟])'

const FIXED = new RegExp([...CHINESE_FIXED.map(({ phrase }) => phrase).sort((a, b) => b.length - a.length), VERY].join('|'), 'gu')

export function findChineseNumerals(text: string): Numeral[] {
  const searched = text.replace(FIXED, (match) => '\ufffc'.repeat(match.length))
  return [...searched.matchAll(CHINESE)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    kind: /百分之/.test(match[0]) ? 'percent' : 'chinese',
  }))
}

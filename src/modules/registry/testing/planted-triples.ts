/**
 * Made-up initiatives of which the truth is known: each is reported by three parties, in three languages and scripts, in three currencies
 * by the annual rates, with days a month apart and under identifiers of their own; beside them others that resemble one of them.
 * The same every time.
 */
import { unitsPerUsd } from '../../../codes/index.ts'
import type { InitiativeFacts } from '../initiatives/initiative.ts'

export interface PlantedReport {
  /** Number of the initiative that it reports. */
  readonly truth: number
  readonly party: string
  readonly identifier: string
  readonly facts: InitiativeFacts
}

/** Verb, thing and place in English, Arabic and Chinese, in one order. */
const VERBS = [
  ['Strengthening', 'تعزيز', '加强'],
  ['Modernising', 'تحديث', '更新'],
  ['Sharing experience in', 'تبادل الخبرات في', '分享经验：'],
  ['Training for', 'التدريب على', '培训：'],
  ['Restoring', 'استعادة', '恢复'],
  ['Planning', 'تخطيط', '规划'],
] as const
const THINGS = [
  ['rice seed production', 'إنتاج بذور الأرز', '水稻种子生产'],
  ['village solar lamps', 'مصابيح القرى الشمسية', '村庄太阳能灯'],
  ['midwife schools', 'مدارس القابلات', '助产士学校'],
  ['coastal fishing harbours', 'موانئ الصيد الساحلية', '沿海渔港'],
  ['customs data exchange', 'تبادل بيانات الجمارك', '海关数据交换'],
  ['flood warning', 'الإنذار بالفيضانات', '洪水预警'],
  ['cotton weaving workshops', 'ورش نسج القطن', '棉纺作坊'],
  ['land registers', 'سجلات الأراضي', '土地登记'],
  ['bamboo housing', 'الإسكان بالخيزران', '竹结构住房'],
  ['cattle vaccination', 'تلقيح الماشية', '牲畜疫苗接种'],
] as const
const PLACES = [
  ['in the northern districts', 'في المناطق الشمالية', '北部地区'],
  ['in secondary towns', 'في المدن الثانوية', '中小城镇'],
  ['for young farmers', 'للمزارعين الشباب', '青年农民'],
  ['with women cooperatives', 'مع تعاونيات النساء', '妇女合作社'],
  ['along the river', 'على ضفاف النهر', '沿河'],
  ['on small islands', 'في الجزر الصغيرة', '小岛屿'],
] as const
const LANGS = ['en', 'ar', 'zh'] as const
const CURRENCIES = ['USD', 'BRL', 'CNY'] as const
const COUNTRIES = [
  'MOZ',
  'AGO',
  'GHA',
  'NPL',
  'LAO',
  'BOL',
  'HTI',
  'TLS',
  'MLI',
  'ZMB',
  'KHM',
  'PRY',
  'SEN',
  'UGA',
  'FJI',
] as const
const SECTORS = ['31120', '12220', '15110', '23230', '41010', '31310'] as const

interface Planned {
  readonly words: readonly [number, number, number]
  readonly suffix: readonly [string, string, string]
  readonly country: string
  readonly sector: string
  /** Days since 1970. */
  readonly start: number
  readonly days: number
  readonly dollars: number
}

export function plantTriples(count: number, resembling: number): PlantedReport[] {
  const random = randomFrom(20_261_125)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const initiatives = Array.from(
    { length: count },
    (): Planned => ({
      words: [Math.floor(random() * VERBS.length), Math.floor(random() * THINGS.length), Math.floor(random() * PLACES.length)],
      suffix: ['', '', ''],
      country: pick(COUNTRIES),
      sector: pick(SECTORS),
      start: 15_000 + Math.floor(random() * 3_000),
      days: 300 + Math.floor(random() * 1_500),
      dollars: Math.round(Math.exp(Math.log(50_000) + random() * 5)),
    }),
  )
  const triples = initiatives.flatMap((planned, truth) => [0, 1, 2].map((party) => reportOf(planned, truth, party, random)))
  const others = Array.from({ length: resembling }, (_, at) => {
    const model = initiatives[at % count] as Planned
    return reportOf(resemblanceOf(model, at, random), count + at, at % 3, random)
  })
  return [...triples, ...others]
}

/** By turns: the next phase; a component; another subject of the same partners at the same time; the same money years later. */
function resemblanceOf(model: Planned, at: number, random: () => number): Planned {
  const otherMoney = Math.round(model.dollars * (1.2 + random() * 2))
  const [verb, thing, place] = model.words
  switch (Math.floor(at / 3) % 4) {
    case 0:
      return {
        ...model,
        suffix: [' Phase II', ' المرحلة الثانية', '第二期'],
        start: model.start + model.days + 20,
        dollars: otherMoney,
      }
    case 1:
      return { ...model, suffix: [' Component B', ' المكوّن B', ' B'], dollars: Math.round(model.dollars * 0.4) }
    case 2:
      return { ...model, words: [verb, (thing + 3) % THINGS.length, place], start: model.start + 10, dollars: otherMoney }
    default:
      return { ...model, start: model.start + 800, days: model.days + 200 }
  }
}

function reportOf(planned: Planned, truth: number, party: number, random: () => number): PlantedReport {
  const apart = () => Math.floor(random() * 31)
  const start = dayOf(planned.start + apart())
  const end = dayOf(planned.start + planned.days + apart())
  const currency = CURRENCIES[party] ?? 'USD'
  const rate = currency === 'USD' ? 1 : Number(unitsPerUsd(currency, Number(start.slice(0, 4)))?.rate)
  const lang = LANGS[party] ?? 'en'
  const [verb, thing, place] = planned.words
  const words = [VERBS[verb]?.[party], THINGS[thing]?.[party], PLACES[place]?.[party]]
  const title = words.join(party === 2 ? '' : ' ') + (planned.suffix[party] ?? '')
  return {
    truth,
    party: `party-${party + 1}`,
    identifier: `${['XM-DAC-41114', 'BR-ABC', 'CN-CIDCA'][party]}-${(truth * 7919 + party * 104_729) % 1_000_003}`,
    facts: {
      title: { orig: lang, texts: { [lang]: title } },
      reportingOrg: { name: ['Office of Development', 'Agência de Cooperação', '国际发展合作署'][party] ?? '' },
      countries: [{ iso3: planned.country }],
      sectors: [{ vocabulary: '1', code: planned.sector }],
      plannedPeriod: { start, end },
      budget: { amount: (planned.dollars * rate).toFixed(2), currency },
    },
  }
}

function dayOf(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10)
}

/** Mulberry32: the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

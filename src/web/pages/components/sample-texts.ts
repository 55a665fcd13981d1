/** Invented records in several languages, to see how each script sits on a page of another. Fictional throughout. */
import type { LocalizedText } from '../../../kernel/localized-text.ts'

export const LONG_RUSSIAN: LocalizedText = {
  orig: 'ru',
  texts: {
    ru: 'Совершенствование внутрирегионального взаимодействия сельскохозяйственных научно-исследовательских учреждений',
  },
  state: { ru: 'original' },
}

export const ARABIC_WITH_TRANSLATION: LocalizedText = {
  orig: 'ar',
  texts: {
    ar: 'تبادل الخبرات في إدارة المياه الجوفية (2012-2014)',
    en: 'Exchange of experience in the management of groundwater (2012-2014)',
  },
  state: { ar: 'original', en: 'machine' },
}

export const CHINESE: LocalizedText = {
  orig: 'zh',
  texts: { zh: '菌草技术合作与农村能力建设' },
  state: { zh: 'original' },
}

export interface SampleInitiative {
  readonly id: string
  readonly title: LocalizedText | undefined
  readonly provider: string | undefined
  readonly partner: string | undefined
  readonly scale: string | undefined
  readonly start: string | undefined
  /** Exact decimal in US dollars. */
  readonly budget: number | undefined
  readonly state: string
}

export const INITIATIVES: readonly SampleInitiative[] = [
  {
    id: '1',
    title: LONG_RUSSIAN,
    provider: 'RUS',
    partner: 'KGZ',
    scale: 'regional',
    start: '2012-04',
    budget: 1250000,
    state: 'published',
  },
  {
    id: '2',
    title: ARABIC_WITH_TRANSLATION,
    provider: 'EGY',
    partner: 'TZA',
    scale: 'country_country',
    start: '2012',
    budget: 380000,
    state: 'verified',
  },
  {
    id: '3',
    title: CHINESE,
    provider: 'CHN',
    partner: 'FJI',
    scale: undefined,
    start: '2014-03-25',
    budget: undefined,
    state: 'submitted',
  },
  {
    id: '4',
    title: undefined,
    provider: undefined,
    partner: 'TUV',
    scale: 'global',
    start: undefined,
    budget: 42000,
    state: 'draft',
  },
]

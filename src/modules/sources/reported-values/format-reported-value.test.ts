import { describe, expect, test } from 'vitest'
import { translatorFor } from '../../../i18n/translator.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { listShippedReportedValues } from '../shipped-sources.ts'
import { formatPartOfWhole, formatReportedValue, formatSourcePlace } from './format-reported-value.ts'
import { REPORTED_UNITS, type ReportedValueFacts, referenceOf } from './reported-value.ts'

/** Ordinary spaces for the unbreakable ones of French and Russian, and no direction marks: the words are what is tested. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ').replace(/[\u200e\u200f\u061c]/g, '')
}

const EXACT = { value: '7', low: null, high: null, unit: 'count', digits: 0, qualifier: 'exact' } as const
type Printed = Parameters<typeof formatReportedValue>[0]

describe('section 15: number, qualifier and unit in the reader’s language', () => {
  const nearly80: Printed = { ...EXACT, value: '80', unit: 'percent', qualifier: 'approx' }
  const assistance: Printed = { ...EXACT, value: null, low: '16.1', high: '19.0', unit: 'usd_bn', digits: 1, qualifier: 'approx' }
  const reviewed: Printed = { ...EXACT, value: '3500', qualifier: 'more_than' }
  const india: Printed = { ...EXACT, value: '2.3', unit: 'percent', digits: 1 }
  const growth: Printed = { ...EXACT, value: '10', unit: 'factor', qualifier: 'more_than' }
  const points: Printed = { ...EXACT, value: '3', unit: 'points' }
  const target: Printed = { ...EXACT, value: '20000000', unit: 'usd' }
  const cases: { lang: string; given: Printed; expected: string }[] = [
    { lang: 'en', given: nearly80, expected: 'nearly 80%' },
    { lang: 'fr', given: nearly80, expected: 'près de 80 %' },
    { lang: 'es', given: nearly80, expected: 'casi 80 %' },
    { lang: 'ru', given: nearly80, expected: 'почти 80 %' },
    { lang: 'zh', given: nearly80, expected: '近80%' },
    { lang: 'ar', given: nearly80, expected: 'ما يقرب من 80%' },
    { lang: 'en', given: assistance, expected: '16.1–19.0 billion US dollars' },
    { lang: 'fr', given: assistance, expected: '16,1–19,0 milliards de dollars des États-Unis' },
    { lang: 'ru', given: assistance, expected: '16,1–19,0 млрд долл. США' },
    { lang: 'en', given: reviewed, expected: 'more than 3,500' },
    { lang: 'fr', given: reviewed, expected: 'plus de 3 500' },
    { lang: 'zh', given: reviewed, expected: '超过3,500' },
    { lang: 'en', given: india, expected: '2.3%' },
    { lang: 'es', given: india, expected: '2,3 %' },
    { lang: 'en', given: growth, expected: 'more than 10 times' },
    { lang: 'ar', given: growth, expected: 'أكثر من 10 أضعاف' },
    { lang: 'zh', given: growth, expected: '超过10倍' },
    { lang: 'ru', given: growth, expected: 'более 10 раз' },
    { lang: 'en', given: points, expected: '3 percentage points' },
    { lang: 'ar', given: points, expected: '3 نقاط مئوية' },
    { lang: 'en', given: { ...points, value: '1' }, expected: '1 percentage point' },
    { lang: 'en', given: target, expected: '20,000,000 US dollars' },
    { lang: 'fr', given: target, expected: '20 000 000 de dollars des États-Unis' },
    {
      lang: 'en',
      given: { ...EXACT, value: '12.50', digits: 2, unit: 'person_day', qualifier: 'at_least' },
      expected: 'at least 12.50 (Person-day)',
    },
    {
      lang: 'en',
      given: { ...EXACT, value: '9007199254740993', qualifier: 'less_than' },
      expected: 'less than 9,007,199,254,740,993',
    },
  ]
  test.each(cases)('$lang: $expected', ({ lang, given, expected }) => {
    expect(plain(formatReportedValue(given, translatorFor(lang)))).toBe(expected)
  })

  test('Arabic-Indic digits where the instance wants them', () => {
    expect(plain(formatReportedValue(reviewed, translatorFor('ar', { digits: 'arab' })))).toBe('أكثر من ٣٬٥٠٠')
  })

  test('¶11: one strategy of seven', () => {
    const one: Printed = { ...EXACT, value: '1' }
    expect(formatPartOfWhole(one, EXACT, translatorFor('en'))).toBe('1 of 7')
    expect(formatPartOfWhole(one, EXACT, translatorFor('zh'))).toBe('7项中的1项')
  })

  test('every unit speaks all six languages', () => {
    for (const lang of OFFICIAL_LANGUAGES) {
      const t = translatorFor(lang)
      for (const unit of REPORTED_UNITS) expect(formatReportedValue({ ...EXACT, unit }, t)).not.toContain('⟦')
    }
  })
})

describe('where it is printed', () => {
  const place = {
    document: 'SG-REPORT-2015',
    printedSymbol: null,
    documentTitle: { orig: 'en', texts: { en: 'The 2015 report', fr: 'Le rapport de 2015' } },
    para: '30',
    footnote: '6',
    page: null,
  }
  test('a document without a symbol is named by its title in the reader’s language', () => {
    expect(formatSourcePlace(place, translatorFor('en'))).toBe('The 2015 report, para. 30, note 6')
    expect(plain(formatSourcePlace({ ...place, footnote: null }, translatorFor('fr')))).toBe('Le rapport de 2015, par. 30')
  })
  test('a symbol stays as it is, with a page where there is no paragraph', () => {
    const page = { ...place, printedSymbol: 'E/2014/77', para: null, footnote: null, page: '12' }
    expect(formatSourcePlace(page, translatorFor('en'))).toBe('E/2014/77, p. 12')
    expect(formatSourcePlace({ ...page, page: null }, translatorFor('en'))).toBe('E/2014/77')
  })
})

describe('section 4: what the report of 2015 prints', () => {
  const shipped = new Map(listShippedReportedValues().map((value) => [referenceOf(value), value]))
  const [t] = [translatorFor('en')]

  // Reference, as an English reader sees it, paragraph and footnote. Written from section 4 by hand.
  const printed: [reference: string, text: string, para: string, footnote: string | null][] = [
    ['world_trade_growth_factor@1990-', 'nearly 4 times', '2', '1'],
    ['ss_trade_growth_factor@1990-', 'more than 10 times', '2', '1'],
    ['china_share_africa_imports@2000', '5%', '2', '1'],
    ['china_share_africa_imports@2011', '17%', '2', '1'],
    ['india_share_africa_trade@2000', '2.3%', '2', '1'],
    ['india_share_africa_trade@2011', '7%', '2', '1'],
    ['brazil_share_africa_trade@2000', '1.7%', '2', '1'],
    ['brazil_share_africa_trade@2011', '3%', '2', '1'],
    ['ss_development_assistance_usd_bn@2011', '16.1–19.0 billion US dollars', '3', '2'],
    ['ss_remittances_share', '34%', '3', '3'],
    ['rc_survey_share@2014', 'nearly 80%', '7', '4'],
    ['entities_surveyed@2014', '22', '9', null],
    ['entities_answered@2014', '20', '9', null],
    ['entities_supporting_unossc_projects@2014', '11', '9', null],
    ['entities_reporting_on_ssc@2014', '18', '9', null],
    ['unfpa_good_practices@2013', '185', '9', '5'],
    ['unfpa_good_practices@2014', '220', '9', '5'],
    ['unfpa_programme_countries_using_ssc@2014', '74%', '9', '5'],
    ['unicef_ssc_strategies@2014-2017', '1', '11', null],
    ['unicef_implementation_strategies@2014-2017', '7', '11', null],
    ['retosa_member_countries@2010-', '14', '13', null],
    ['task_team_open_to@2015', 'more than 30', '18', null],
    ['undp_country_office_network@2015', 'more than 170', '25', null],
    ['undp_ssc_projects@2013', '269', '30', null],
    ['undp_ssc_projects@2014', '469', '30', null],
    ['undp_ssc_countries@2014', '133', '30', null],
    ['award_winners_per_year', '3', '30', null],
    ['undp_projects_reviewed@2014', 'more than 3,500', '30', '6'],
    ['fig1_nongov_partner_share@2013', '19%', '31', null],
    ['fig1_nongov_partner_share@2014', '26%', '31', null],
    ['fig2_regional_share@2013', '28%', '32', null],
    ['fig2_regional_share@2014', '31%', '32', null],
    ['fig2_regional_share_change@2013-2014', '3 percentage points', '32', null],
    ['undp_regional_programmes@2014', '5', '32', null],
    ['ebola_recipient_countries@2014', '3', '35', null],
    ['core_allocation_usd@2014-2017', '14,000,000 US dollars', '37', null],
    ['mobilisation_target_usd@2014-2017', '20,000,000 US dollars', '38', null],
  ]
  test.each(printed)('%s: %s in ¶%s', (reference, text, para, footnote) => {
    const value = shipped.get(reference)
    expect(value && formatReportedValue(value, t)).toBe(text)
    expect(value).toMatchObject({ document: 'SG-REPORT-2015', para, footnote })
  })

  test('nothing else is shipped, and each has a label in six languages', () => {
    expect([...shipped.keys()].toSorted()).toEqual(printed.map(([reference]) => reference).toSorted())
    for (const { label } of shipped.values())
      expect(Object.keys(label.texts).toSorted()).toEqual([...OFFICIAL_LANGUAGES].toSorted())
  })

  test('ruling 19: texts other than English are not shown as reviewed', () => {
    const value: ReportedValueFacts | undefined = shipped.get('undp_ssc_projects@2014')
    expect(value?.label.state).toMatchObject({ en: 'original', fr: 'machine', ar: 'machine' })
  })
})

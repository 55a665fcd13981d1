import { describe, expect, test } from 'vitest'
import { isPartNumber, likenessOf, longNumbersIn, partNumbersIn, scriptOf, trigramsOf, wordBeginningsOf } from './index.ts'

const equalWeight = () => 1

describe('likeness of two wordings', () => {
  test('texts without letters have nothing in common, not even with themselves', () => {
    expect(likenessOf(trigramsOf('–'), trigramsOf('–'), equalWeight)).toEqual({ agreement: 0, contained: 0, shared: 0 })
  })

  test('case, accents and punctuation make no difference', () => {
    const likeness = likenessOf(trigramsOf('Énergie solaire, à Bâle'), trigramsOf('ENERGIE SOLAIRE A BALE'), equalWeight)
    expect(likeness).toMatchObject({ agreement: 1, contained: 1 })
  })

  test('a title that was cut is contained in the whole one', () => {
    const whole = trigramsOf('water for the villages of the north')
    // " wa", "wat", "ate", "ter", "er ": the group "er " ends the word and is there too.
    const cut = trigramsOf('water')
    expect(likenessOf(whole, cut, equalWeight)).toMatchObject({ contained: 1, shared: 5 })
  })

  test('Chinese is compared in pairs of signs: 水稻种 and 水稻苗 share one of two', () => {
    expect(likenessOf(trigramsOf('水稻种'), trigramsOf('水稻苗'), equalWeight)).toEqual({
      agreement: 0.5,
      contained: 0.5,
      shared: 1,
    })
  })

  test('a group that tells nothing weighs nothing', () => {
    const likeness = likenessOf(trigramsOf('solar'), trigramsOf('solar'), () => 0)
    expect(likeness).toEqual({ agreement: 0, contained: 0, shared: 0 })
  })
})

test.each([
  ['2014–2016', 'none'],
  ['Energía', 'latin'],
  ['Содействие торговле', 'cyrillic'],
  ['تعزيز التجارة', 'arabic'],
  ['南南合作', 'han'],
  ['ความร่วมมือ', 'other'],
  ['UNDP 与中国的南南合作项目', 'han'],
])('the script of "%s" is %s', (text, script) => {
  expect(scriptOf(text)).toBe(script)
})

test.each([
  ['nothing', []],
  ['XM-DAC-41114-PROJECT-00057359', ['41114', '57359']],
  ['BRA/04/043', []],
  ['Award ٠٠٠٥٧٣٥٩', ['57359']],
])('long numbers in "%s"', (text, expected) => {
  expect(longNumbersIn(text)).toEqual(expected)
})

test.each([
  ['Support to the parliament', []],
  ['National Programme Phase III', ['3']],
  ['National Programme, Phase I', ['1']],
  ['Phase two of the programme', ['2']],
  ['One Health in two regions', []],
  ['Deuxième phase du programme', ['2']],
  ['المرحلة الثانية', ['2']],
  ['المرحلة ٢', ['2']],
  ['灌溉项目第十二期', ['12']],
  ['Вторая очередь', ['2']],
  ['Seeds (component B)', ['B']],
  ['Electoral cycle 2010-2012', ['2010', '2012']],
  ['BRA/04/043 - Implementation of projects', []],
  ['PIMS3825 Catalyzing sustainability', []],
  ['00057359 Area-based development', []],
])('numbers of parts in "%s"', (title, expected) => {
  expect(partNumbersIn(title)).toEqual(expected)
})

test('a year counts no parts; a small number and a letter do', () => {
  expect(['2014', '3', 'B', '21'].filter(isPartNumber)).toEqual(['3', 'B'])
})

test('words stand by their beginnings, short ones not at all, Chinese in pairs', () => {
  expect(wordBeginningsOf('Strengthening of the parliaments 水稻种')).toEqual(['streng', 'parlia', '水稻', '稻种'])
})

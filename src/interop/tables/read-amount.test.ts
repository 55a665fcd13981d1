/** Amounts as people write them; nothing is rounded and nothing doubtful is decided. */
import { expect, test } from 'vitest'
import { addMarkEvidence, assumedMark, noMarkEvidence, powerInHeading, provenMark, readAmount } from './read-amount.ts'

test.each([
  ['1 250 000,50', '1250000.5', undefined],
  ['1.250.000,50', '1250000.5', undefined],
  ['1,250,000.50', '1250000.5', undefined],
  ["1'250'000", '1250000', undefined],
  ['US$ 45,300.10', '45300.1', 'USD'],
  ['45 300,10 €', '45300.1', 'EUR'],
  ['R$ 1.250.000,00', '1250000', 'BRL'],
  ['1.2 million', '1200000', undefined],
  ['USD 3,5 millions', '3500000', 'USD'],
  ['150,5 тыс. руб.', '150500', 'RUB'],
  ['320万元', '3200000', undefined],
  ['١٢٠٬٠٠٠٫٥', '120000.5', undefined],
  ['123456789012345678.123456', '123456789012345678.123456', undefined],
])('%s is %s', (text, amount, currency) => {
  const reading = readAmount(text, undefined)
  expect(reading).toMatchObject({ status: 'amount', amount })
  expect(reading.status === 'amount' && reading.currency).toBe(currency)
})

test('1,234 is 1234 or 1.234: the column decides, not the reader', () => {
  expect(readAmount('1,234', undefined)).toEqual({ status: 'ambiguous', first: '1234', second: '1.234' })
  expect(readAmount('1,234', '.')).toMatchObject({ amount: '1234' })
  expect(readAmount('1,234', ',')).toMatchObject({ amount: '1.234' })
})

test('a number of a workbook keeps the 15 digits it shows and no exponent', () => {
  expect(readAmount(0.1 + 0.2, undefined)).toMatchObject({ amount: '0.3' })
  expect(readAmount(1e21, undefined)).toMatchObject({ amount: '1000000000000000000000' })
})

test('brackets and minus signs are negative, words are no amount', () => {
  expect(readAmount('(1 500)', undefined)).toMatchObject({ amount: '1500', negative: true })
  expect(readAmount('to be confirmed', undefined).status).toBe('none')
  expect(readAmount('2 billones', undefined).status).toBe('none')
})

test('one cell with a sure mark decides its column; three cells of thousands make it likely', () => {
  const sure = noMarkEvidence()
  for (const text of ['1.234', '12,5']) addMarkEvidence(sure, text)
  expect(provenMark(sure)).toBe(',')
  const likely = noMarkEvidence()
  for (const text of ['1.234', '8.500', '9.000']) addMarkEvidence(likely, text)
  expect(provenMark(likely)).toBeUndefined()
  expect(assumedMark(likely, 'en')).toBe(',')
})

test.each([
  ['Amount (thousand USD)', 3],
  ['Общая стоимость, тыс. долл.', 3],
  ['Coût total (millions FCFA)', 6],
  ['项目预算（万元）', 4],
  ['Budget (USD)', 0],
])('the heading %s multiplies by ten to the power of %i', (heading, power) => {
  expect(powerInHeading(heading)).toBe(power)
})

test('a unit in the heading multiplies plain numbers, not cells with a unit of their own', () => {
  expect(readAmount('12,5', ',', 3)).toMatchObject({ amount: '12500' })
  expect(readAmount(12.5, undefined, 6)).toMatchObject({ amount: '12500000' })
  expect(readAmount('1.2 million', '.', 3)).toMatchObject({ amount: '1200000' })
})

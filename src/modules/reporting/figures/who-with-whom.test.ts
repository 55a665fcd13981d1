import { describe, expect, test } from 'vitest'
import type { Column } from '../../registry/index.ts'
import { countPairs } from './who-with-whom.ts'

function column(rows: readonly (readonly string[])[]): Column {
  const dictionary = [...new Set(rows.flat())]
  const offsets = Uint32Array.from([0, ...rows.map((_, row) => rows.slice(0, row + 1).flat().length)])
  return { dictionary, offsets, codes: Uint16Array.from(rows.flat(), (value) => dictionary.indexOf(value)) }
}

const all = (size: number) => Uint32Array.from({ length: size }, (_, row) => row)

describe('who works with whom', () => {
  test('a listing counts once for each pair that it names, and no country is paired with itself', () => {
    const hosts = column([['BRA'], ['BRA', 'CUB'], ['BRA']])
    const partners = column([['BRA', 'MOZ'], ['MOZ'], ['HTI']])
    expect(countPairs(hosts, partners, all(3))).toEqual({
      pairs: [
        { from: 'BRA', to: 'MOZ', rows: 2 },
        { from: 'BRA', to: 'HTI', rows: 1 },
        { from: 'CUB', to: 'MOZ', rows: 1 },
      ],
      rowsWithPair: 3,
    })
  })

  test('a listing that names one side only is kept as "not stated" and is no pair', () => {
    const found = countPairs(column([['BRA'], []]), column([[], ['MOZ']]), all(2))
    expect(found.rowsWithPair).toBe(0)
    expect(found.pairs).toEqual([
      { from: 'BRA', to: 'not_stated', rows: 1 },
      { from: 'not_stated', to: 'MOZ', rows: 1 },
    ])
  })

  test('a listing that names only its host as partner names no other', () => {
    expect(countPairs(column([['BRA']]), column([['BRA']]), all(1)).pairs).toEqual([{ from: 'BRA', to: 'not_stated', rows: 1 }])
  })

  test('nothing listed gives no pair', () => {
    expect(countPairs(column([]), column([]), all(0))).toEqual({ pairs: [], rowsWithPair: 0 })
  })
})

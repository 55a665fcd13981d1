import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../kernel/package-root.ts'
import { listAmbiguousAreaNames, listAreaAliases } from './area-aliases.ts'
import { DATA_FOLDER, headerOf, listTables, rowsOf } from './data-table.ts'
import { listLexiconTerms } from './lexicon.ts'
import { listCodeLists } from './list-code-lists.ts'
import { normaliseName } from './normalise-name.ts'
import { findSector, listMdgGoals, listSdgTargets, sectorGroupOf } from './sectors-and-goals.ts'
import { findUnDocument } from './un-documents.ts'

describe('Shipped tables', () => {
  test.each(listTables())('%s states its source, licence, version and date, counts its rows and is small', (table) => {
    const header = headerOf(table)
    expect([header.source, header.licence, header.version].every((fact) => fact !== '')).toBe(true)
    expect(header.date).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    expect(rowsOf(table, [])).toHaveLength(header.rows)
    expect(statSync(join(DATA_FOLDER, `${table}.csv`)).size).toBeLessThan(500_000)
  })

  test('the catalogue lists every table and every closed list, each with a title in English', () => {
    const titles: Record<string, string> = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'locales', 'en', 'codes.json'), 'utf8'))
    for (const { key, titleKey, rows } of listCodeLists()) {
      expect(rows, key).toBeGreaterThan(0)
      expect(titles[titleKey.replace('codes.', '')], key).toBeDefined()
    }
  })

  test('a column that a table lacks is a fault of ours', () => {
    expect(() => rowsOf('areas', ['capital'])).toThrow('Table areas has no column capital')
  })

  test('cells keep commas, quotes and empty ends', () => {
    expect(findUnDocument('A/RES/33/134')?.bodyAndSession).toBe('General Assembly, thirty-third session')
    expect(findSector('11110')?.names).toMatchObject({ en: 'Education policy and administrative management' })
    expect(sectorGroupOf('11110')).toBe('111')
    expect(sectorGroupOf('99999')).toBeUndefined()
    expect(
      listSdgTargets('17')
        .filter(({ isAboutSouthSouth }) => isAboutSouthSouth)
        .map(({ code }) => code),
    ).toContain('17.9')
    expect(listMdgGoals()[0]?.nearestSdgs).toEqual(['1', '2'])
  })

  test('lexicon terms are normalised as texts are; the star stands for more letters', () => {
    for (const { term, norm } of listLexiconTerms())
      expect(norm.replaceAll('*', ''), term).toBe(normaliseName(term.replaceAll('*', '')))
  })
})

const REFERENCE = resolve(PACKAGE_ROOT, process.env.SURSUR_SHARED ?? '../shared', 'reference')

/** Rows of a foreign CSV file, quoted line breaks included. */
function countRows(file: string): number {
  const text = readFileSync(join(REFERENCE, file), 'utf8')
  const outsideQuotes = text.replace(/"(?:[^"]|"")*"/g, '')
  return outsideQuotes.trimEnd().split('\n').length - 1
}

describe.skipIf(!existsSync(REFERENCE))('Beside the reference folder (skipped where it is absent)', () => {
  test.each(
    listTables().filter(
      (table) => existsSync(join(REFERENCE, `${table}.csv`)) && !['area-groups', 'area-ambiguous-names'].includes(table),
    ),
  )('%s has as many rows as the reference table', (table) => {
    expect(rowsOf(table, [])).toHaveLength(countRows(`${table}.csv`))
  })

  test('groups and ambiguous names hold the reference rows and own additions', () => {
    expect(rowsOf('area-groups', ['reference_code']).filter((row) => row.reference_code !== '')).toHaveLength(
      countRows('area-groups.csv'),
    )
    expect(rowsOf('area-ambiguous-names', ['origin']).filter((row) => row.origin === 'reference')).toHaveLength(
      countRows('area-ambiguous-names.csv'),
    )
    expect(listAmbiguousAreaNames().length).toBeGreaterThan(countRows('area-ambiguous-names.csv'))
  })

  test('our normalising gives the norm of every reference alias', () => {
    const reference = readFileSync(join(REFERENCE, 'area-aliases.csv'), 'utf8')
    for (const { norm, iso3, lang } of listAreaAliases()) expect(reference.includes(`,${norm},${iso3},${lang},`), norm).toBe(true)
  })
})

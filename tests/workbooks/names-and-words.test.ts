/** Names and words as ministries write them: usual short forms are understood, and what is unknown is said, once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { crosswalk, resolveAreaName } from '../../src/codes/index.ts'
import {
  type ListedRowResult,
  openTableFile,
  type ReadRowsOptions,
  readListedRows,
  recogniseFile,
} from '../../src/interop/tables/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-words-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function read(content: string, options: ReadRowsOptions = {}) {
  const path = join(folder, 'list.csv')
  writeFileSync(path, content)
  const file = await openTableFile(path)
  const mapping = (await recogniseFile(file)).sheets[0]?.mapping
  if (!mapping) throw new Error('no sheet recognised')
  const results: ListedRowResult[] = []
  for await (const result of readListedRows(file, mapping, options)) results.push(result)
  return {
    results,
    problems: results.flatMap((result) => result.problems.filter((problem) => !problem.code.endsWith('too-few-cells'))),
  }
}

describe('usual short forms of countries', () => {
  test.each([
    ['Burkina', 'BFA'],
    ['Cabo Verde', 'CPV'],
    ['Cap-Vert', 'CPV'],
    ['Timor', 'TLS'],
    ['Trinité-et-Tobago', 'TTO'],
    ['RDC', 'COD'],
    ['RCA', 'CAF'],
    ['Centrafrique', 'CAF'],
    ['Swaziland', 'SWZ'],
    ['Birmanie', 'MMR'],
    ['Macédoine', 'MKD'],
    ['Македония', 'MKD'],
    ['Guinée-Conakry', 'GIN'],
    ['KSA', 'SAU'],
    ['السعودية', 'SAU'],
    ['沙特', 'SAU'],
    ['КНР', 'CHN'],
    ['Rep. Dominicana', 'DOM'],
  ])('%s is %s', (name, iso3) => {
    expect(resolveAreaName(name)).toMatchObject({ status: 'found', iso3 })
  })
})

test('a name that no list knows is reported once, with its row, in columns of parties and of places; what was written stays', async () => {
  const { results, problems } = await read(
    [
      'Title,First providers,Recipients,Implementing institutions',
      'Wells,Burkina,Atlantide,Ministry of Water',
      'Roads,Burkina and Maroc,Atlantide,Ministry of Roads',
      'Seeds,UNDP,Sengal,Institute of Seeds',
      'Maps,Latin America,Kenya,Institute of Maps',
    ].join('\n'),
  )
  expect(problems).toMatchObject([
    {
      code: 'tables.name-unknown',
      params: { found: 'Atlantide', suggestions: 'none' },
      place: { row: 2, column: 'Recipients' },
      level: 'warning',
    },
    { code: 'tables.name-unknown', params: { found: 'Sengal', suggestions: 'Senegal (SEN)' }, place: { row: 4 } },
  ])
  expect(results[0]?.values.firstProviders).toEqual([{ text: 'Burkina', iso3: 'BFA' }])
  expect(results[1]?.values.firstProviders).toEqual([
    { text: 'Burkina', iso3: 'BFA' },
    { text: 'Maroc', iso3: 'MAR' },
  ])
  expect(results[1]?.values.recipients).toEqual([{ text: 'Atlantide' }])
})

test('names of areas in messages are in the language that the reader asks for, not in that of the file', async () => {
  const spanish = 'Título,Países receptores\nPozos,Corea\nCaminos,Sengal\n'
  const inFrench = await read(spanish, { language: 'fr' })
  expect(inFrench.problems.map(({ params }) => params.candidates ?? params.suggestions)).toEqual([
    'République de Corée (KOR), République populaire démocratique de Corée (PRK)',
    'Sénégal (SEN)',
  ])
})

describe('words that ministries use for phases and sectors', () => {
  test.each([
    ['Achevé', 'closed'],
    ['Terminé', 'closed'],
    ['En cours', 'implementation'],
    ['Prévu', 'pipeline'],
    ['En ejecución', 'implementation'],
    ['Finalizado', 'closed'],
    ['Planificado', 'pipeline'],
    ['Завершён', 'closed'],
    ['Выполняется', 'implementation'],
    ['已完成', 'closed'],
    ['进行中', 'implementation'],
    ['قيد التنفيذ', 'implementation'],
    ['مكتمل', 'closed'],
    ['Em andamento', 'implementation'],
    ['Concluído', 'closed'],
    ['Ongoing', 'implementation'],
    ['Completed', 'closed'],
    ['Planned', 'pipeline'],
    ['On hold', 'suspended'],
    ['Annulée', 'cancelled'],
  ])('the phase %s is %s', (word, code) => {
    expect(crosswalk('phase', word)).toBe(code)
  })

  test.each([
    ['Énergie', '230'],
    ['Energía', '230'],
    ['Eau', '140'],
    ['المياه', '140'],
    ['Gouvernance', '151'],
    ['Gobernanza', '151'],
    ['Commerce', '331'],
    ['贸易', '331'],
    ['Santé', '120'],
    ['Saúde', '120'],
    ['Éducation', '110'],
    ['Образование', '110'],
    ['Agriculture', '311'],
    ['农业', '311'],
    ['Environnement', '410'],
  ])('the sector %s is the group %s', (word, code) => {
    expect(crosswalk('sector', word)).toBe(code)
  })

  test('a French list is read with its own words', async () => {
    const { results, problems } = await read('Intitulé,Secteur,Statut\nPuits,Eau,Achevé\nRoutes,Transport ; Énergie,En cours\n')
    expect(results.map(({ values }) => [values.phase?.code, values.sectors.map(({ code }) => code)])).toEqual([
      ['closed', ['140']],
      ['implementation', ['210', '230']],
    ])
    expect(problems).toEqual([])
  })
})

test('a type of cooperation among the modalities is kept word for word, and it is said that the type is computed', async () => {
  const { results, problems } = await read(
    'Intitulé,Modalités\nPuits,Sud-Sud\nRoutes,Formation ; Triangulaire\nSemences,Experts\n',
  )
  expect(problems).toMatchObject([
    { code: 'tables.cooperation-is-computed', params: { found: 'Sud-Sud' }, place: { row: 2 }, level: 'warning' },
    { code: 'tables.cooperation-is-computed', params: { found: 'Triangulaire' }, place: { row: 3 }, level: 'warning' },
  ])
  expect(results.map(({ values }) => [values.modalities.map(({ code }) => code), values.kept])).toEqual([
    [[], { Modalités: 'Sud-Sud' }],
    [['training'], { Modalités: 'Formation ; Triangulaire' }],
    [['expert'], {}],
  ])
})

test('a date that cannot be read is shown as it was found', async () => {
  const { problems } = await read('Title,Start date,End date\nWells,20x4-??-35,2014\nRoads,2013-01-01,20x4--35\n')
  expect(problems.map(({ code, params }) => [code, params.found])).toEqual([
    ['tables.impossible-date', '20x4-??-35'],
    ['tables.impossible-date', '20x4--35'],
  ])
})

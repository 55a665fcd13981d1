/**
 * Random filters over the generated portfolio, the same for the same seed, and an independent count of each: SQL straight over the
 * tables, which shares no line with the program's own selection.
 */
import { readFileSync } from 'node:fs'
import { HEADER, makeRow, randomFrom } from './make-portfolio.mjs'

const COLUMN_OF_FIELD = {
  host: 'hosts',
  partner: 'partner_countries',
  provider: 'providers',
  recipient: 'recipients',
  partnerType: 'partner_types',
  role: 'agency_roles',
  region: 'regions',
  sector: 'sectors',
  goal: 'goals',
}
const SINGLE_FIELDS = { year: 'year::text', scale: 'scale', theme: 'theme' }

/** Where the generated file says what a filter asks. */
const SOURCE_OF_FIELD = {
  host: 'host_countries',
  partner: 'partner_countries',
  provider: 'first_provider',
  recipient: 'recipient',
  partnerType: 'partner_types',
  role: 'undp_roles',
  region: 'regions',
  sector: 'sectors',
  goal: 'sdg',
  year: 'list_year',
  scale: 'scale',
  theme: 'theme',
}

/** Half of them describe a row that exists, so that they find at least that; the others combine values of several rows. */
export function randomFilters(count, rows, seed) {
  const random = randomFrom(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const sample = generatedRows(rows, Math.min(rows, 2_000))
  const groups = Object.keys(groupMembers())
  return Array.from({ length: count }, (_, index) => {
    const row = pick(sample)
    const mixed = index % 2 === 1
    const filter = { values: {} }
    for (let field = 0; field < 1 + Math.floor(random() * 3); field += 1) {
      const name = pick(Object.keys(SOURCE_OF_FIELD))
      const stated = (mixed ? pick(sample) : row)[SOURCE_OF_FIELD[name]].split('|').filter(Boolean)
      const second = random() < 0.3 ? pick(sample)[SOURCE_OF_FIELD[name]].split('|').filter(Boolean) : []
      const values = [...new Set([stated.length > 0 ? pick(stated) : 'not_stated', ...second.slice(0, 1)])]
      filter.values[name] = values.sort()
    }
    if (mixed && random() < 0.3) filter.values.group = [pick(groups)]
    if (random() < 0.3) {
      const words = row.title.split(' ').slice(1)
      filter.search = random() < 0.5 ? pick(words) : `${pick(words)} ${pick(words).slice(0, 4)}`
    }
    return filter
  })
}

/** The address part of a filter. */
export function queryOf({ values, search }, portfolio) {
  const query = new URLSearchParams({ collection: portfolio })
  for (const [field, wanted] of Object.entries(values)) for (const value of wanted) query.append(field, value)
  if (search !== undefined) query.set('q', search)
  return query.toString()
}

/** `{ text, values }` for the driver. */
export function countingSql({ values, search }, portfolio) {
  const given = [portfolio]
  const parameter = (value) => `$${given.push(value)}`
  const conditions = Object.entries(values).map(([field, wanted]) => conditionOf(field, wanted, parameter))
  if (search !== undefined) {
    // Every word must occur, the last one at least as a beginning; \m and \M are the edges of a word.
    const words = search.split(' ')
    const text = `lower(concat_ws(' ', i.title_text, i.facts #>> '{objective,texts,und}', i.facts #>> '{objective,texts,en}'))`
    for (const [index, word] of words.entries())
      conditions.push(`${text} ~ ${parameter(`\\m${word}${index === words.length - 1 ? '' : '\\M'}`)}`)
  }
  return {
    text: `select count(*)::int as count
           from listings as l
           join initiatives as i on i.id = l.initiative_id
           join collections as c on c.id = l.collection_id
           where c.key = $1 and l.state = 'published' ${conditions.map((condition) => `and (${condition})`).join(' ')}`,
    values: given,
  }
}

function conditionOf(field, wanted, parameter) {
  if (field === 'group') return groupCondition(wanted[0], parameter)
  const stated = wanted.filter((value) => value !== 'not_stated')
  const alternatives = []
  const column = COLUMN_OF_FIELD[field]
  if (column) {
    if (stated.length > 0) alternatives.push(`l.${column} && ${parameter(stated)}::text[]`)
    if (wanted.includes('not_stated')) alternatives.push(`cardinality(l.${column}) = 0`)
  } else {
    if (stated.length > 0) alternatives.push(`l.${SINGLE_FIELDS[field]} = any(${parameter(stated)}::text[])`)
    if (wanted.includes('not_stated')) alternatives.push(`l.${field} is null`)
  }
  return alternatives.join(' or ')
}

/** A host was a member in the middle of the listed year, or is one today when no year is stated. */
function groupCondition(group, parameter) {
  const rows = groupMembers()[group].map(({ iso3, from, to }) => `('${iso3}', '${from}', '${to}')`)
  const day = `coalesce(l.year || '-07-01', ${parameter(new Date().toISOString().slice(0, 10))}::text)`
  return `exists (
    select 1 from (values ${rows.join(', ')}) as m(iso3, valid_from, valid_to)
    where m.iso3 = any(l.hosts) and m.valid_from <= ${day} and ${day} < m.valid_to
  )`
}

let members

/** Groups with dated members in the shipped table, read here anew. */
function groupMembers() {
  if (members) return members
  const groups = tableOf('area-groups')
  const plain = new Set(groups.filter((row) => row.union_of === '' && row.stays_in_force !== 'yes').map((row) => row.group))
  members = {}
  for (const row of tableOf('area-group-members')) {
    if (!plain.has(row.group) || row.role === 'former') continue
    members[row.group] ??= []
    members[row.group].push({
      iso3: row.iso3,
      from: firstDay(row.valid_from) || '0000-01-01',
      to: firstDay(row.valid_to) || '9999-12-31',
    })
  }
  return members
}

function firstDay(written) {
  return written === '' ? '' : `${written}-01-01`.slice(0, 10)
}

/** These two tables hold no quoted cells in the columns that are read here. */
function tableOf(name) {
  const text = readFileSync(new URL(`../src/codes/data/${name}.csv`, import.meta.url), 'utf8')
  const [header, ...lines] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const names = header.split(',')
  return lines.map((line) => rowOf(names, line))
}

function generatedRows(rows, count) {
  const random = randomFrom(1)
  const names = HEADER.split(',')
  return Array.from({ length: Math.min(rows, count) }, (_, index) => rowOf(names, makeRow(index, random)))
}

function rowOf(names, line) {
  const cells = line.split(',')
  return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
}

/**
 * Makes a portfolio of N initiatives as a CSV file, the same for the same seed. Fictional content; shapes as in published lists:
 * most rows have one host, a few partner countries, one or two partner types, gaps everywhere.
 *
 *   node bench/make-portfolio.mjs ROWS FILE [SEED]
 */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { pathToFileURL } from 'node:url'

const COUNTRIES =
  'AGO BEN BFA BDI CIV CMR CPV COM COG DJI EGY ERI ETH GAB GHA GIN KEN LBR LSO MAR MDG MLI MOZ MUS MWI NAM NER NGA RWA SEN SLE TGO TUN TZA UGA ZAF ZMB ZWE ARG BOL BRA BRB CHL COL CRI CUB DOM ECU GTM GUY HND HTI JAM MEX NIC PAN PER PRY SLV URY BGD BTN CHN FJI IDN IND KHM LAO LKA MMR MNG MYS NPL PAK PHL PNG THA TLS VNM WSM ARM GEO KAZ KGZ TJK TUR UKR UZB DZA IRQ JOR LBN PSE SDN YEM'.split(
    ' ',
  )
const REGIONS = ['africa', 'arab_states', 'asia_pacific', 'europe_cis', 'lac']
const SCALES = ['country_country', 'country_country', 'country_country', 'regional', 'regional', 'global', '']
const TYPES = [
  'national_government',
  'national_government',
  'national_government',
  'cso',
  'private_sector',
  'academia',
  'development_agency',
  'sub_national_government',
]
const ROLES = ['knowledge_broker', 'knowledge_broker', 'capacity_builder', 'partnership_facilitator', '']
const THEMES = ['sustainable_development_pathways', 'resilience_building', 'democratic_governance', '']
const SECTORS = ['11110', '12220', '14030', '15110', '15150', '23210', '31110', '31120', '41010', '43040', '74020', '']
const WORDS =
  'water health school energy solar rural market harvest cotton fisheries coast flood early warning river basin forest seed farmer youth women clinic malaria laboratory census tax audit election archive port road rail trade customs tourism craft museum language radio satellite climate resilience risk reduction centre exchange training visit mission twin network standard quality vaccine nutrition milk rice maize bamboo'.split(
    ' ',
  )

/** Mulberry32: small, quick, the same everywhere. */
export function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const HEADER =
  'id,list_year,title,objective,scale,host_countries,regions,theme,partner_countries,partner_types,undp_roles,sectors,sdg,first_provider,recipient,start_date'

export function makeRow(index, random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const some = (list, most) =>
    [...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(list)))].filter(Boolean)
  const words = (count) => Array.from({ length: count }, () => pick(WORDS)).join(' ')
  const title = `Demonstration ${words(3 + Math.floor(random() * 5))}`
  const year = 2012 + Math.floor(random() * 13)
  const named = random() < 0.3
  return [
    `DEMO-${String(index + 1).padStart(7, '0')}`,
    random() < 0.97 ? year : '',
    title,
    `${words(12)}. ${words(10)}.`,
    pick(SCALES),
    random() < 0.98 ? pick(COUNTRIES) : '',
    random() < 0.95 ? pick(REGIONS) : '',
    pick(THEMES),
    some(COUNTRIES, 5).join('|'),
    some(TYPES, 3).join('|'),
    [...new Set([pick(ROLES), pick(ROLES)])].filter(Boolean).join('|'),
    some(SECTORS, 2).join('|'),
    some(['1', '2', '3', '4', '5', '6', '7', '8', '9', '13', '16', '17'], 2).join('|'),
    named ? pick(COUNTRIES) : '',
    named ? pick(COUNTRIES) : '',
    random() < 0.6 ? `${year}-0${1 + Math.floor(random() * 9)}-15` : '',
  ].join(',')
}

export async function makePortfolio(rows, file, seed = 1) {
  const random = randomFrom(seed)
  const out = createWriteStream(file)
  out.write(`${HEADER}\n`)
  for (let index = 0; index < rows; index += 1) {
    if (!out.write(`${makeRow(index, random)}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [rows = '100000', file = 'portfolio.csv', seed = '1'] = process.argv.slice(2)
  await makePortfolio(Number(rows), file, Number(seed))
}

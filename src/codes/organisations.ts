/**
 * Organisations known by name: United Nations entities, regional bodies, and southern cooperation agencies with a few
 * northern partners.
 * They are a help for recognising text; organisations of an installation live in its directory.
 */
import { rowsOf } from './data-table.ts'
import { type Names, namesOf } from './names.ts'
import { nearestNames } from './nearest-names.ts'
import { normaliseName } from './normalise-name.ts'

export interface KnownOrganisation {
  /** Stable key, for example `undp`, `regional-ecowas`, `bra-abc`. */
  readonly key: string
  readonly source: 'un-entity' | 'regional-body' | 'cooperation-agency'
  /** Acronyms and short names by language; the same word may serve several. */
  readonly acronyms: Names
  readonly names: Names
  readonly kind: string
  /** Seat country of an agency (alpha-3); undefined for international bodies. */
  readonly iso3: string | undefined
  /** `southern provider` or `northern partner`, for agencies only. */
  readonly role: string | undefined
  readonly since: string | undefined
  readonly crsChannel: string | undefined
  readonly iatiOrgId: string | undefined
  /** `seen` in published data, or `built` from the channel code and still to be confirmed. */
  readonly iatiOrgIdBasis: string | undefined
}

export type OrganisationResolution =
  | { readonly status: 'found'; readonly organisation: KnownOrganisation }
  | { readonly status: 'ambiguous'; readonly candidates: readonly KnownOrganisation[] }
  | { readonly status: 'unknown'; readonly suggestions: readonly KnownOrganisation[] }

let organisations: ReadonlyMap<string, KnownOrganisation> | undefined
let shortNames: ReadonlyMap<string, Names> | undefined
let keysByWording: ReadonlyMap<string, ReadonlySet<string>> | undefined

export function listKnownOrganisations(): readonly KnownOrganisation[] {
  return [...organisationsByKey().values()]
}

export function findKnownOrganisation(key: string): KnownOrganisation | undefined {
  return organisationsByKey().get(key)
}

/**
 * By key, acronym, or name in any language given, or by identifier, with or without its prefix ("XM-DAC-41114", "41114"); also "Name (ACRONYM)" and "ACRONYM/Name" when both parts mean the same body.
 * An acronym that several bodies use (BID, CDB) stays ambiguous.
 */
export function resolveOrganisation(text: string): OrganisationResolution {
  const found = organisationsWithKeys(keysOf(text) ?? keysOfParts(text))
  const [only] = found
  if (only && found.length === 1) return { status: 'found', organisation: only }
  if (found.length > 1) return { status: 'ambiguous', candidates: found }
  const pairs = [...wordings()].flatMap(([wording, keys]) => [...keys].map((key) => [wording, key] as const))
  return { status: 'unknown', suggestions: organisationsWithKeys(nearestNames(wordingOf(text), pairs, 5)) }
}

function keysOf(text: string): ReadonlySet<string> | undefined {
  const wording = wordingOf(text)
  return wordings().get(wording) ?? wordings().get(wording.replace(/^the /, ''))
}

/** Bodies that every part of the text means; none when a part is unknown, since it may be another body. */
function keysOfParts(text: string): ReadonlySet<string> {
  const parts = text.split(/[()/]| [-–—] /).filter((part) => part.trim() !== '')
  const [first = new Set<string>(), ...others] = parts.map((part) => keysOf(part) ?? new Set<string>())
  return new Set([...first].filter((key) => others.every((keys) => keys.has(key))))
}

/** British and American spelling of the commonest word are one. */
function wordingOf(text: string): string {
  return normaliseName(text).replaceAll('organisation', 'organization')
}

function wordings(): ReadonlyMap<string, ReadonlySet<string>> {
  keysByWording ??= indexByWording()
  return keysByWording
}

function organisationsWithKeys(keys: Iterable<string>): KnownOrganisation[] {
  return [...keys].flatMap((key) => organisationsByKey().get(key) ?? [])
}

function indexByWording(): ReadonlyMap<string, ReadonlySet<string>> {
  const index = new Map<string, Set<string>>()
  for (const { key, acronyms, names, iatiOrgId, crsChannel } of listKnownOrganisations()) {
    const identifiers = [iatiOrgId, crsChannel].flatMap((id) => (id === undefined ? [] : formsOfIdentifier(id)))
    for (const text of [key, ...Object.values(acronyms), ...Object.values(names), ...identifiers]) {
      const wording = wordingOf(text)
      for (const form of [wording, wording.replace(/ of the united nations$/, '')]) {
        index.set(form, (index.get(form) ?? new Set()).add(key))
      }
    }
  }
  return index
}

/**
 * How files write one identifier: a channel code of the DAC stands alone in older files and behind `XM-DAC-` in newer ones. Other
 * identifiers have one form. Case and punctuation make no difference to who looks them up.
 */
export function formsOfIdentifier(identifier: string): readonly string[] {
  const channel = /^(?:XM-DAC-)?(\d{5})$/i.exec(identifier.trim())?.[1]
  return channel === undefined ? [identifier] : [`XM-DAC-${channel}`, channel]
}

function organisationsByKey(): ReadonlyMap<string, KnownOrganisation> {
  organisations ??= new Map(
    [...unEntities(), ...regionalBodies(), ...cooperationAgencies()].map((one) => [one.key, withShortNames(one)]),
  )
  return organisations
}

/** The lists of bodies have acronyms in Latin letters only. */
function withShortNames(organisation: KnownOrganisation): KnownOrganisation {
  shortNames ??= new Map(
    rowsOf('organisation-short-names', ['key', 'acronym_ar', 'acronym_ru', 'acronym_zh']).map(
      ({ key, acronym_ar: ar, acronym_ru: ru, acronym_zh: zh }) => [key, { ar, ru, zh }],
    ),
  )
  const stated = Object.entries(shortNames.get(organisation.key) ?? {}).filter(([, name]) => name !== '')
  return { ...organisation, acronyms: { ...organisation.acronyms, ...Object.fromEntries(stated) } }
}

const INTERNATIONAL = { iso3: undefined, role: undefined, since: undefined } as const
const WITHOUT_CODES = { crsChannel: undefined, iatiOrgId: undefined, iatiOrgIdBasis: undefined } as const

function unEntities(): KnownOrganisation[] {
  const acronyms = ['acronym_en', 'acronym_fr', 'acronym_es'] as const
  return rowsOf('un-entities', ['key', 'type', 'crs_channel', 'iati_org_id', 'iati_org_id_basis', ...acronyms]).map((row) => ({
    ...INTERNATIONAL,
    key: row.key,
    source: 'un-entity',
    acronyms: acronymsOf(row),
    names: namesOf(row),
    kind: row.type,
    crsChannel: row.crs_channel || undefined,
    iatiOrgId: row.iati_org_id || undefined,
    iatiOrgIdBasis: row.iati_org_id_basis || undefined,
  }))
}

function regionalBodies(): KnownOrganisation[] {
  return rowsOf('regional-bodies', ['acronym_en', 'acronym_fr', 'acronym_es', 'kind']).map((row) => ({
    ...INTERNATIONAL,
    ...WITHOUT_CODES,
    key: keyOf('regional', row.acronym_en),
    source: 'regional-body',
    acronyms: acronymsOf(row),
    names: namesOf(row),
    kind: row.kind,
  }))
}

function cooperationAgencies(): KnownOrganisation[] {
  return rowsOf('cooperation-agencies', ['acronym', 'iso3', 'name_en', 'name_local', 'local_lang', 'kind', 'role', 'since']).map(
    (row) => ({
      ...WITHOUT_CODES,
      key: keyOf(row.iso3, row.acronym || row.name_en),
      source: 'cooperation-agency',
      acronyms: row.acronym === '' ? {} : { en: row.acronym },
      names: { en: row.name_en, ...(row.name_local === '' ? {} : { [row.local_lang]: row.name_local }) },
      kind: row.kind,
      iso3: row.iso3,
      role: row.role || undefined,
      since: row.since || undefined,
    }),
  )
}

function keyOf(scope: string, name: string): string {
  return `${scope} ${name}`
    .toLowerCase()
    .replace(/[^a-z0-9+]+/g, '-')
    .replace(/-$/, '')
}

function acronymsOf(row: Readonly<Record<'acronym_en' | 'acronym_fr' | 'acronym_es', string>>): Names {
  const all = { en: row.acronym_en, fr: row.acronym_fr, es: row.acronym_es }
  return Object.fromEntries(Object.entries(all).filter(([, acronym]) => acronym !== ''))
}

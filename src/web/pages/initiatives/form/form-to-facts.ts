/**
 * What was typed, as facts. Facts that the form does not show are kept from the record. What cannot be read is a message at its
 * field; the rules of the registry judge the rest.
 */
import type { LocalizedText } from '../../../../kernel/localized-text.ts'
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import type { FormError } from '../../../components/index.ts'
import { NARRATIVES } from './facts-to-form.ts'
import { FieldReader, known, many, party, type ReadContext, without, yesNo } from './field-reader.ts'
import type { FormValues } from './form-values.ts'
import { itemFrom } from './row-origin.ts'

export const LISTS = [
  ...NARRATIVES,
  'hosts',
  'engagedCountries',
  'countries',
  'regions',
  'sectors',
  'goals',
  'agencyRoles',
  'partners',
  'contributions',
  'results',
  'documents',
  'listed',
] as const

/** Fields that nobody types. */
export const QUIET_FIELDS = ['no', 'is', 'lang', 'was']

export interface ReadForm {
  readonly facts: InitiativeFacts
  readonly years: readonly number[]
  readonly errors: readonly FormError[]
}

/** `values` without empty rows, so that the rows of the form and those of the facts have the same numbers. */
export function factsFromForm(values: FormValues, context: ReadContext): ReadForm {
  const errors: FormError[] = []
  const read = new FieldReader(values, context, errors)
  const { before } = context
  const reportingOrg = values.get('reportingOrg')
  const facts = without({
    ...before,
    ...Object.fromEntries(NARRATIVES.map((name) => [name, read.texts(name, before[name] as LocalizedText | undefined)])),
    kind: values.get('kind'),
    phase: values.get('phase') ?? before.phase,
    scale: values.get('scale'),
    purpose: values.get('purpose'),
    theme: values.get('theme'),
    humanitarian: yesNo(values.get('humanitarian')),
    regionalPublicGood: yesNo(values.get('regionalPublicGood')),
    note: values.get('note'),
    contact: values.get('contact'),
    reportingOrg:
      reportingOrg === undefined
        ? undefined
        : (known(context, before.reportingOrg, reportingOrg) ?? party(context, reportingOrg)),
    plannedPeriod: read.period('plannedPeriod'),
    actualPeriod: read.period('actualPeriod'),
    territorialFocus: many(values.all('territorialFocus')),
    partnerTypes: many(values.all('partnerTypes')),
    demandAreas: many(values.all('demandAreas')),
    supportCategories: many(values.all('supportCategories')),
    hosts: many(read.rows('hosts', (get) => get('iso3'))),
    engagedCountries: many(read.rows('engagedCountries', (get) => get('iso3'))),
    countries: many(
      read.rows('countries', (get, name) => get('iso3') && { iso3: get('iso3'), share: read.share(name('share')) }),
    ),
    regions: many(
      read.rows('regions', (get, name) => {
        const was = itemFrom(before.regions, get('was'))
        const code = get('code')
        return code && without({ ...(was?.code === code ? was : {}), code, share: read.share(name('share')) })
      }),
    ),
    sectors: many(read.rows('sectors', (get, name) => sector(get('code'), read.share(name('share'))))),
    goals: many(read.rows('goals', (get) => goal(get('goal'), get('contribution')))),
    agencyRoles: many(read.rows('agencyRoles', (get) => get('role') && { role: get('role'), org: get('org') })),
    partners: many(read.partners()),
    contributions: many(read.contributions()),
    results: many(read.results()),
    documents: many(read.documents()),
    cooperationOverride: override(values, context, errors),
  })
  return { facts: facts as InitiativeFacts, years: read.years(), errors }
}

function sector(typed: string | undefined, share: number | undefined) {
  // A code of the publisher's own may hold colons too.
  const [, vocabulary, code] = /^([^:]*):(.*)$/s.exec(typed ?? '') ?? []
  return vocabulary === undefined || code === undefined ? undefined : without({ vocabulary, code, share })
}

/** "17.9" is a target of goal 17. */
function goal(typed: string | undefined, contribution: string | undefined) {
  if (typed === undefined) return undefined
  const [number = ''] = typed.split('.')
  return without({ goal: number, target: typed === number ? undefined : typed, contribution })
}

function override(values: FormValues, { t, before, actorId, at }: ReadContext, errors: FormError[]) {
  const type = values.get('overrideType')
  const reason = values.get('overrideReason')
  if (type === undefined) return undefined
  if (reason === undefined) errors.push({ field: 'overrideReason', message: t('registry.wrong.override') })
  const known = before.cooperationOverride
  return known?.type === type && known.reason === reason ? known : { type, reason: reason ?? '', by: actorId, at }
}

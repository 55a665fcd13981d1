/**
 * Registers and revises a person from the form. Whatever is not accepted comes back on the same page with everything that was
 * typed: a row more or less (200), fields to correct (422), or a newer version by somebody else (409).
 */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import {
  CONTACT_KINDS,
  getPerson,
  type OrgResolution,
  registerPerson,
  resolveOrgNames,
  revisePerson,
} from '../../../../modules/directory/index.ts'
import { ADD_ROW, type FormError, REMOVE_ROW } from '../../../components/index.ts'
import { withNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { FormValues } from '../../initiatives/form/form-values.ts'
import { formErrors, statusOfForm } from '../words.ts'
import { editPersonPage, type FormState, newPersonPage } from './pages.tsx'

const QUIET = ['is', 'org-was', 'org-id']

export async function registerFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  return save(
    request,
    (state) => newPersonPage(request, state),
    async (facts, values) => {
      const anotherOfThatName = values.get('anotherOfThatName') === 'yes'
      const { id } = await request.context.operations.run(registerPerson, { ...facts, anotherOfThatName }, request.actor)
      return id
    },
  )
}

export async function reviseFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, params } = request
  const id = params.id ?? ''
  return save(
    request,
    (state) => editPersonPage(request, state),
    async ({ contact, affiliations, ...stated }, values) => {
      const person = await context.operations.run(getPerson, { id }, actor)
      const own = person.contact.filter(({ access }) => access === 'own').map(({ kind }) => kind)
      // A field that shows what is kept states that it is gone when it comes back empty; one that hides it does not.
      const gone = CONTACT_KINDS.filter(
        (kind) => contact[kind] === undefined && (own.includes(kind) || values.get(`remove.${kind}`) === 'yes'),
      )
      const named = { ...contact, ...Object.fromEntries(gone.map((kind) => [kind, null])) }
      // Organisations that the user may not see were not in the form: then the list stays as it is.
      const changes = { ...stated, contact: named, ...(person.hiddenAffiliations > 0 ? {} : { affiliations }) }
      const version = Number(values.get('version'))
      await context.operations.run(revisePerson, { id, version, changes }, actor)
      return id
    },
  )
}

type Facts = Awaited<ReturnType<typeof readForm>>['facts']

async function save(
  request: PageRequest,
  again: (state: FormState) => PageContent | Promise<PageContent>,
  write: (facts: Facts, values: FormValues) => Promise<string>,
): Promise<PageContent | HttpResponse> {
  const typed = new FormValues(request.form)
  const moved = withRowsMoved(request, typed)
  if (moved) return again({ values: moved })
  const values = typed.withoutEmptyRows(['affiliations'], QUIET)
  const { facts, errors } = await readForm(request, values)
  if (errors.length > 0) return again({ values, errors, status: 422 })
  try {
    return seeOther(`${request.at(`/people/${await write(facts, values)}`)}?done=saved`)
  } catch (thrown) {
    const error = await withNames(request, thrown)
    const asksAnother = error instanceof Problem && error.code === 'directory.person-already-known'
    return again({ values, errors: formErrors(request.t, error, fieldOf), status: statusOfForm(error), asksAnother })
  }
}

function withRowsMoved({ form }: PageRequest, values: FormValues): FormValues | undefined {
  const removed = /^affiliations\.(\d{1,3})$/.exec(form.get(REMOVE_ROW) ?? '')
  if (removed) return values.withoutRow('affiliations', Number(removed[1]))
  return form.get(ADD_ROW) === 'affiliations' ? values.withRow('affiliations') : undefined
}

/** The field of the form for a place in the input of the command. */
function fieldOf(place: string): string {
  const [list = '', index, field] = place.replace(/^changes\./, '').split('.')
  if (list === 'affiliations' && index !== undefined)
    return `affiliations.${index}.${field === 'orgId' ? 'org' : (field ?? 'org')}`
  if (list === 'contact' && index !== undefined) return `contact.${index}`
  return list === 'languages' ? 'otherLanguages' : list
}

async function readForm(request: PageRequest, values: FormValues) {
  const errors: FormError[] = []
  const rows = values.rows('affiliations')
  const orgFields = [...rows.map((index) => `affiliations.${index}.org`), 'ownerOrg']
  const orgs = await resolveOrgs(request, values, orgFields, errors)
  for (const index of rows) {
    const field = `affiliations.${index}.org`
    if (values.get(field) === undefined) errors.push({ field, message: request.t('people.wrong.org-missing') })
  }
  const contact = CONTACT_KINDS.flatMap((kind) => {
    const value = values.get(`contact.${kind}`)
    return value === undefined ? [] : [[kind, value] as const]
  })
  const facts = {
    name: values.get('name') ?? '',
    otherNames: linesOf(values.get('otherNames')),
    affiliations: rows.map((index) => ({
      orgId: orgs.get(`affiliations.${index}.org`) ?? '',
      title: values.get(`affiliations.${index}.title`) ?? null,
      from: values.date(`affiliations.${index}.from`) ?? null,
      to: values.date(`affiliations.${index}.to`) ?? null,
    })),
    languages: [...new Set([...values.all('languages'), ...(values.get('otherLanguages') ?? '').split(/[\s,;،、]+/)])].filter(
      (tag) => tag !== '',
    ),
    countryCode: values.get('countryCode') ?? null,
    contact: Object.fromEntries(contact) as Partial<Record<(typeof CONTACT_KINDS)[number], string>>,
    ownerOrg: orgs.get('ownerOrg') ?? null,
    visibility: (values.get('visibility') ?? 'network') as 'network',
  }
  return { facts, errors }
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The organisations that the typed names mean; what is not clear becomes an error that names the likely ones. */
export async function resolveOrgs(
  { t, context, actor }: PageRequest,
  values: FormValues,
  fields: readonly string[],
  errors: FormError[],
): Promise<ReadonlyMap<string, string>> {
  const chosen = new Map<string, string>()
  const typed: { field: string; name: string }[] = []
  for (const field of fields) {
    const name = values.get(field)
    const id = values.get(`${field}-id`)
    if (name === undefined) continue
    if (id !== undefined && name === values.get(`${field}-was`)) chosen.set(field, id)
    else typed.push({ field, name })
  }
  const found = await context.operations.run(resolveOrgNames, { names: typed.map(({ name }) => name) }, actor)
  found.forEach((resolution, index) => {
    const field = typed[index]?.field ?? ''
    if (resolution.status === 'found') chosen.set(field, resolution.org.id)
    else errors.push({ field, message: unclear(t, resolution) })
  })
  return chosen
}

function unclear(t: PageRequest['t'], resolution: Exclude<OrgResolution, { status: 'found' }>): string {
  const likely = resolution.status === 'ambiguous' ? resolution.candidates : resolution.suggestions
  const names = likely.map(
    (org) => `${textFor(org.names, t.lang)?.text ?? org.id}${org.iatiId === null ? '' : ` (${org.iatiId})`}`,
  )
  if (resolution.status === 'ambiguous') {
    return t('people.wrong.org-ambiguous', { name: resolution.name, names: t.list(names) })
  }
  if (names.length === 0) return t('people.wrong.org-unknown', { name: resolution.name })
  return t('people.wrong.org-suggested', { name: resolution.name, names: t.list(names) })
}

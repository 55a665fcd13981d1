/**
 * Names and revises a focal point from the form. What is not accepted comes back on the same page with everything that was typed: fields
 * to correct or a question to answer (422), or a newer version or another main focal point (409).
 */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { type FocalPointFacts, getFocalPoint, nameFocalPoint, reviseFocalPoint } from '../../../../modules/coordination/index.ts'
import { foldName, type ListedPerson, listPersons } from '../../../../modules/directory/index.ts'
import type { FormError } from '../../../components/index.ts'
import { withNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { FormValues } from '../../initiatives/form/form-values.ts'
import { resolveOrgs } from '../../people/form/save.tsx'
import { formErrors, statusOfForm } from '../../people/words.ts'
import { SOMEBODY_NEW } from './focal-point-form.tsx'
import { editFocalPointPage, type FormState, type Likely, newFocalPointPage } from './pages.tsx'

export async function nameFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { at, context, actor, form } = request
  const values = new FormValues(form)
  const errors: FormError[] = []
  const orgId = (await resolveOrgs(request, values, ['org'], errors)).get('org') ?? null
  const who = await personOf(request, values, errors)
  const backup = await backupOf(request, values, errors)
  const likely = { ...who.likely, ...backup.likely }
  if (errors.length > 0) return newFocalPointPage(request, { values, errors, status: 422, likely })
  try {
    // Whatever was typed goes in: the command says what it does not accept.
    const { id } = await context.operations.run(
      nameFocalPoint,
      {
        scope: (values.get('scope') ?? '') as 'country',
        countryCode: values.get('countryCode') ?? null,
        orgId,
        ...who.named,
        ...factsOf(request, values, undefined),
        backupId: backup.id,
      },
      actor,
    )
    return seeOther(`${at(`/focal-points/${id}`)}?done=named`)
  } catch (thrown) {
    return newFocalPointPage(request, { ...(await refusal(request, thrown)), values, likely })
  }
}

export async function reviseFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { at, context, actor, params, form } = request
  const id = params.id ?? ''
  const values = new FormValues(form)
  const errors: FormError[] = []
  const backup = await backupOf(request, values, errors)
  if (errors.length > 0) return editFocalPointPage(request, { values, errors, status: 422, likely: backup.likely })
  const { record } = await context.operations.run(getFocalPoint, { id }, actor)
  try {
    const changes = { ...factsOf(request, values, record?.facts), backupId: backup.id }
    await context.operations.run(reviseFocalPoint, { id, version: Number(values.get('version')), changes }, actor)
    return seeOther(`${at(`/focal-points/${id}`)}?done=changed`)
  } catch (thrown) {
    return editFocalPointPage(request, { ...(await refusal(request, thrown)), values, likely: backup.likely })
  }
}

async function refusal(request: PageRequest, thrown: unknown): Promise<Omit<FormState, 'values'>> {
  const error = await withNames(request, thrown)
  const existing = error instanceof Problem && typeof error.params.focalPoint === 'string' ? error.params.focalPoint : undefined
  return { errors: formErrors(request.t, error, fieldOf), status: statusOfForm(error), existing }
}

/** The field of the form for a place in the input of the commands. */
function fieldOf(place: string): string {
  const path = place.replace(/^changes\./, '')
  const fields: Readonly<Record<string, string>> = {
    orgId: 'org',
    personId: 'person',
    backupId: 'backup',
    'person.name': 'person',
    name: 'person',
    'person.title': 'title',
    'person.email': 'email',
    'contact.email': 'email',
    'person.phone': 'phone',
    'contact.phone': 'phone',
    'person.consent.givenOn': 'givenOn',
    'person.consent.source': 'consentSource',
    'person.consent.purposes': 'purposes',
  }
  if (path.startsWith('mechanism.names')) return 'mechanismName'
  if (path.startsWith('mechanism')) return 'mechanismType'
  if (path.startsWith('languages')) return 'otherLanguages'
  return fields[path] ?? path
}

function factsOf({ t }: PageRequest, values: FormValues, kept: FocalPointFacts | undefined) {
  const languages = [...values.all('languages'), ...(values.get('otherLanguages') ?? '').split(/[\s,;،、]+/)]
  return {
    mechanism: mechanismOf(t.lang, values, kept),
    isMain: values.get('isMain') !== 'no',
    languages: [...new Set(languages)].filter((tag) => tag !== ''),
    from: values.date('from') ?? null,
    source: values.get('source') ?? '',
  }
}

/** The name in the language of the page; what it is called in other languages stays. */
function mechanismOf(lang: string, values: FormValues, kept: FocalPointFacts | undefined) {
  const text = values.get('mechanismName')
  const type = values.get('mechanismType')
  if (text === undefined && type === undefined) return null
  const names = kept?.mechanism?.names
  const shown = names?.texts[lang] === undefined ? names?.orig : lang
  const into = names !== undefined && text === names.texts[shown ?? ''] ? (shown ?? lang) : lang
  return {
    names: { orig: names?.orig ?? lang, texts: { ...names?.texts, [into]: text ?? '' } },
    type: (type ?? '') as 'unit',
  }
}

interface Who {
  readonly named: { readonly personId?: string; readonly person?: NewPerson }
  readonly likely: Likely
}

interface NewPerson {
  readonly name: string
  readonly title: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly anotherOfThatName: boolean
  readonly consent: { readonly purposes: 'directory'[]; readonly givenOn: string; readonly source: string } | null
}

async function personOf(request: PageRequest, values: FormValues, errors: FormError[]): Promise<Who> {
  const chosen = values.get('personId')
  if (chosen !== undefined) return { named: { personId: chosen }, likely: {} }
  const name = values.get('person')
  if (name === undefined) {
    errors.push({ field: 'person', message: request.t('coordination.problem.person-needed') })
    return { named: {}, likely: {} }
  }
  const known = await peopleCalled(request, name)
  const choice = values.get('personChoice')
  const picked = known.find(({ id }) => id === choice)
  const likely: Likely = known.length > 0 ? { person: known } : {}
  if (picked) return { named: { personId: picked.id }, likely }
  if (known.length > 0 && choice !== SOMEBODY_NEW) {
    errors.push({ field: 'personChoice', message: request.t('coordination.form.which-error', { name: `\u2068${name}\u2069` }) })
    return { named: {}, likely }
  }
  const purposes = values.all('purposes') as 'directory'[]
  const person = {
    name,
    title: values.get('title') ?? null,
    email: values.get('email') ?? null,
    phone: values.get('phone') ?? null,
    anotherOfThatName: choice === SOMEBODY_NEW,
    consent:
      purposes.length === 0
        ? null
        : { purposes, givenOn: values.date('givenOn') ?? '', source: values.get('consentSource') ?? '' },
  }
  return { named: { person }, likely }
}

async function backupOf(
  request: PageRequest,
  values: FormValues,
  errors: FormError[],
): Promise<{ readonly id: string | null; readonly likely: Likely }> {
  const name = values.get('backup')
  if (name === undefined) return { id: null, likely: {} }
  const kept = values.get('backup-id')
  if (kept !== undefined && name === values.get('backup-was')) return { id: kept, likely: {} }
  const known = await peopleCalled(request, name)
  const picked = known.length === 1 ? known[0] : known.find(({ id }) => id === values.get('backupChoice'))
  if (picked) return { id: picked.id, likely: {} }
  const shown = { name: `\u2068${name}\u2069` }
  if (known.length > 0) {
    errors.push({ field: 'backupChoice', message: request.t('coordination.form.which-error', shown) })
    return { id: null, likely: { backup: known } }
  }
  errors.push({ field: 'backup', message: request.t('coordination.form.backup-unknown', shown) })
  return { id: null, likely: {} }
}

/** Those whose name, or another spelling of it, is exactly what was typed. */
async function peopleCalled({ context, actor }: PageRequest, name: string): Promise<ListedPerson[]> {
  const { rows } = await context.operations.run(listPersons, { search: name.slice(0, 200), limit: 200 }, actor)
  const folded = foldName(name)
  return rows.filter((person) => [person.name, ...person.otherNames].some((one) => foldName(one) === folded))
}

/**
 * Registers and revises an initiative from its form. Whatever is not accepted comes back on the same page with everything that
 * was typed: a row more or less (200), fields to correct (422), or a newer version by somebody else (409).
 */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem, type ProblemReport } from '../../../../kernel/problems.ts'
import { resolveOrgNames } from '../../../../modules/directory/index.ts'
import {
  getInitiative,
  type InitiativeFacts,
  listCollectionsQuery,
  registerInitiative,
  reviseInitiative,
} from '../../../../modules/registry/index.ts'
import type { FormError } from '../../../components/index.ts'
import { withNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { orgNames } from '../naming.ts'
import { partnerIds } from '../words.ts'
import { factsFromForm, LISTS, QUIET_FIELDS, type ReadForm } from './form-to-facts.ts'
import { FormValues } from './form-values.ts'
import { editPage, type FormState, newPage } from './pages.tsx'

export async function registerFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const typed = new FormValues(request.form)
  const rows = withRowsMoved(request, typed)
  if (rows) return newPage(request, rows)
  const values = typed.withoutEmptyRows(LISTS, QUIET_FIELDS)
  const read = await readForm(request, values, {})
  const missing = await missingAtEntry(request, values, read.facts)
  // The empty rows stay on the page: the messages lead to them.
  if (missing.length > 0) return newPage(request, { values: typed, errors: [...missing, ...read.errors] })
  if (read.errors.length > 0) return newPage(request, { values, errors: read.errors })
  try {
    const identifier = values.get('identifier')
    const record = await request.context.operations.run(
      registerInitiative,
      {
        collection: values.get('collection') ?? '',
        ...(identifier === undefined ? {} : { identifier }),
        facts: read.facts,
        listed: read.years.map((year) => ({ year })),
      },
      request.actor,
    )
    return seeOther(`${request.at(`/initiatives/${record.id}`)}?done=created`)
  } catch (error) {
    return newPage(request, { values, errors: errorsOf(request, error), status: statusOf(error) })
  }
}

/** What a person must give: a collection to enter, and something by which the record can be told from others. Files may have less. */
async function missingAtEntry(request: PageRequest, values: FormValues, facts: InitiativeFacts): Promise<FormError[]> {
  const { t, context, actor } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const isOpen = collections.some(({ key, readOnly }) => !readOnly && key === values.get('collection'))
  const isKnowable = facts.title !== undefined || facts.partners !== undefined || values.get('identifier') !== undefined
  return [
    ...(isOpen ? [] : [{ field: 'collection', message: t('registry.wrong.collection') }]),
    ...(isKnowable ? [] : [{ field: 'title.0.text', message: t('registry.wrong.unknowable') }]),
  ]
}

export async function reviseFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const typed = new FormValues(request.form)
  const rows = withRowsMoved(request, typed)
  if (rows) return editPage(request, rows)
  const values = typed.withoutEmptyRows(LISTS, QUIET_FIELDS)
  const { context, actor } = request
  const id = request.params.id ?? ''
  const { record } = await context.operations.run(getInitiative, { id }, actor)
  const read = await readForm(request, values, record.facts)
  if (read.errors.length > 0) return editPage(request, { values, errors: read.errors })
  const reason = values.get('reason')
  try {
    await context.operations.run(
      reviseInitiative,
      {
        id,
        version: Number(values.get('version')),
        facts: read.facts,
        listed: read.years.length > 0 ? read.years.map((year) => listedYear(record.listed, year)) : [{ year: null }],
        ...(reason === undefined ? {} : { reason }),
      },
      actor,
    )
    return seeOther(`${request.at(`/initiatives/${id}`)}?done=saved`)
  } catch (thrown) {
    const error = await withNames(request, thrown)
    if (error instanceof Problem && error.code === 'registry.initiative-changed-meanwhile')
      return editPage(request, {
        values,
        conflict: { message: problemText(request.t, error), mine: read.facts },
      })
    return editPage(request, { values, errors: errorsOf(request, error), status: statusOf(error) })
  }
}

/** A year that stays keeps what its source said about it. */
function listedYear(before: readonly { year: number | null; groupKey: string | null; revision: string | null }[], year: number) {
  const known = before.find((listed) => listed.year === year)
  return { year, groupKey: known?.groupKey ?? null, revision: known?.revision ?? null }
}

/** The form with a row more or less when one of the row buttons was pressed. */
function withRowsMoved({ form }: PageRequest, values: FormValues): Pick<FormState, 'values' | 'moved'> | undefined {
  const added = form.get('add-row')
  if (added) {
    const numbered = added === 'partners' || added === 'contributions'
    return { values: values.withRow(added, numbered ? { no: nextNumber(values, added) } : {}), moved: added }
  }
  const [, list, row] = /^(\w+)\.(\d{1,3})$/.exec(form.get('remove-row') ?? '') ?? []
  return list === undefined ? undefined : { values: values.withoutRow(list, Number(row)), moved: list }
}

/** Numbers are never used again in one record: contributions point to partners by number. */
function nextNumber(values: FormValues, list: string): string {
  return String(Math.max(0, ...values.rows(list).map((index) => Number(values.row(list, index)('no') ?? 0) || 0)) + 1)
}

async function readForm(request: PageRequest, values: FormValues, before: InitiativeFacts): Promise<ReadForm> {
  const { context, actor, t } = request
  const typed = [
    ...new Set(
      [values.get('reportingOrg'), ...values.rows('partners').map((index) => values.row('partners', index)('name'))].filter(
        (name) => name !== undefined,
      ),
    ),
  ]
  const resolved = typed.length > 0 ? await context.operations.run(resolveOrgNames, { names: typed }, actor) : []
  const found = new Map(resolved.flatMap((one) => (one.status === 'found' ? [[one.name, one.org.id] as const] : [])))
  // The name that the form showed for a known organisation stays that organisation, also when two bodies are called so.
  const shown = new Map([...(await orgNames(request, partnerIds(before)))].map(([id, name]) => [name, id]))
  return factsFromForm(values, {
    t,
    before,
    actorId: actor.id,
    at: new Date().toISOString(),
    orgOf: (name) => shown.get(name) ?? found.get(name),
  })
}

function statusOf(error: unknown): number {
  return error instanceof Problem && error.kind === 'conflict' ? 409 : 422
}

/** Problems as messages at their fields; what is no problem of the person is a fault and goes up. */
function errorsOf({ t }: PageRequest, error: unknown): FormError[] {
  if (!(error instanceof Problem) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
  const said: readonly (ProblemReport | Problem)[] = error.details.length > 0 ? error.details : [error]
  return said.map((one) => {
    const field = formField(one.place?.field)
    return { message: problemText(t, one), ...(field === undefined ? {} : { field }) }
  })
}

/** Where the form has what a rule speaks about: the first control of a row, or of the first row of a list. */
const FIRST_CONTROL: Readonly<Record<string, string>> = {
  partners: 'name',
  contributions: 'modality',
  sectors: 'code',
  countries: 'iso3',
  regions: 'code',
  results: 'statement',
  documents: 'url',
  agencyRoles: 'role',
}

function formField(place: string | undefined): string | undefined {
  const [list = '', row, ...rest] = place?.replace(/^facts\./, '').split('.') ?? []
  const first = FIRST_CONTROL[list]
  if (first === undefined) return list === '' ? undefined : list
  return [list, row ?? '0', ...(rest.length > 0 ? rest : [first])].join('.')
}

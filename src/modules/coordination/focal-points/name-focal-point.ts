/**
 * Names a focal point: of a country, an organisation, a country team, or an office. Somebody of the directory, or somebody new, who is
 * registered in the same step, with the consent to be written to. It counts as invited until it is confirmed.
 */
import { z } from 'zod'
import { newId } from '../../../kernel/ids.ts'
import { type CommandContext, defineCommand } from '../../../operations/index.ts'
import { CONSENT_PURPOSES, recordConsent, registerPerson } from '../../directory/index.ts'
import { type FocalPoint, scopeOf } from './focal-point.ts'
import {
  checkedSubject,
  problemAt,
  RevisableFields,
  requireFree,
  requirePeople,
  Subject,
  type SubjectInput,
} from './focal-point-input.ts'
import { insertFocalPoint } from './focal-point-rows.ts'
import { changeOf } from './trace.ts'

const NewPerson = z.object({
  name: registerPerson.input.shape.name,
  title: z.string().trim().min(1).max(300).nullable().default(null),
  email: z.string().nullable().default(null),
  phone: z.string().nullable().default(null),
  /** "Yes, another person of that name." */
  anotherOfThatName: z.boolean().default(false),
  /** What the person agreed to; without it the contact data are kept and neither shown nor used. */
  consent: z
    .object({
      purposes: z.array(z.enum(CONSENT_PURPOSES)).min(1),
      givenOn: recordConsent.input.shape.givenOn,
      source: recordConsent.input.shape.source,
    })
    .nullable()
    .default(null),
})

const NameFocalPointInput = RevisableFields.partial().required({ source: true }).extend(Subject.shape).extend({
  /** Either somebody of the directory or somebody new. */
  personId: z.string().optional(),
  person: NewPerson.optional(),
})

export const nameFocalPoint = defineCommand({
  name: 'coordination.name-focal-point',
  permission: 'coordination.focal-point.name',
  input: NameFocalPointInput,
  scope: async ({ whole }, input) => scopeOf(await checkedSubject(whole, input)),

  async run(context, input): Promise<{ id: string; version: number; personId: string }> {
    const { db, whole, clock, actor, sight, changed } = context
    const subject = await checkedSubject(whole, input)
    const personId = await personOf(context, input, subject)
    const at = clock.now().toISOString()
    const named: FocalPoint = {
      id: newId(),
      ...subject,
      mechanism: input.mechanism ?? null,
      personId,
      backupId: input.backupId ?? null,
      isMain: input.isMain ?? true,
      languages: input.languages ?? [],
      from: input.from ?? null,
      source: input.source,
      to: null,
      confirmedAt: null,
      confirmedHow: null,
      endedAt: null,
      endReason: null,
      remindedAt: null,
      reminders: 0,
      version: 1,
      createdAt: at,
      createdBy: actor.id,
      updatedAt: at,
      updatedBy: actor.id,
    }
    await requirePeople(db, sight, named, input.personId === undefined ? ['backupId'] : ['personId', 'backupId'])
    await requireFree(whole, { ...named, id: null })
    await insertFocalPoint(whole, named)
    changed(changeOf('named', undefined, named))
    return { id: named.id, version: 1, personId }
  },
})

/** Whoever may name somebody new may register them: both are rights of the same directory, asked for the same country or entity. */
async function personOf(
  context: CommandContext,
  { personId, person, languages }: z.output<typeof NameFocalPointInput>,
  { countryCode, orgId }: SubjectInput,
): Promise<string> {
  if ((personId === undefined) === (person === undefined)) throw problemAt('personId', 'person-needed')
  if (personId !== undefined || person === undefined) return personId ?? ''
  const { name, title, email, phone, anotherOfThatName, consent } = person
  await context.requirePermission('directory.person.edit', {
    orgs: orgId === null ? [] : [orgId],
    countries: countryCode === null ? [] : [countryCode],
  })
  const registered = await registerPerson.run(
    context,
    registerPerson.input.parse({
      name,
      anotherOfThatName,
      countryCode,
      languages: languages ?? [],
      affiliations: orgId === null ? [] : [{ orgId, title }],
      contact: { email, phone },
    }),
  )
  const covers = [email === null ? [] : (['email'] as const), phone === null ? [] : (['phone'] as const)].flat()
  for (const purpose of covers.length === 0 ? [] : (consent?.purposes ?? [])) {
    const { givenOn, source } = consent ?? { givenOn: '', source: '' }
    await recordConsent.run(context, { personId: registered.id, purpose, covers, givenOn, until: null, source })
  }
  return registered.id
}

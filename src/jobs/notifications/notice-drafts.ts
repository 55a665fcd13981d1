/** Which events concern whom: the rules of the notifications. Pure; nothing here asks the database. */
import type { NewsEvent, NoticeDraft, NoticeKind } from '../../modules/access/index.ts'
import type { NoticeFacts } from '../../modules/registry/index.ts'

interface GrantFacts {
  readonly id: string
  readonly userId: string
  readonly role: string
  readonly scope: string
  readonly scopeId: string | null
}

/** What is known beside the events. */
export interface KnownFacts extends NoticeFacts {
  readonly grants: readonly GrantFacts[]
}

type Rule = (event: NewsEvent, facts: KnownFacts) => NoticeDraft | undefined

const RULES: Readonly<Record<string, Rule>> = {
  'registry/initiatives/submitted': (event, facts) => toHolders(event, facts, 'record-submitted', 'registry.initiative.verify'),
  'registry/initiatives/verified': (event, facts) => toHolders(event, facts, 'record-verified', 'registry.initiative.publish'),
  'registry/initiatives/returned': (event, facts) => toAuthor(event, facts, 'record-returned'),
  'registry/initiatives/published': (event, facts) => toAuthor(event, facts, 'record-published'),
  'registry/objections/raised': (event, facts) => toOwner(event, facts, 'objection-raised'),
  'registry/objections/reopened': (event, facts) => toOwner(event, facts, 'objection-reopened'),
  'registry/objections/answered': toCountry,
  'registry/import_runs/applied': (event, { runs }) => {
    const run = runs.find(({ id }) => id === event.recordId)
    return run && draft(event, 'import-finished', { userId: run.startedBy })
  },
  'access/grants/given': (event, facts) => toHolder(event, facts, 'role-given'),
  'access/grants/delegated': (event, facts) => toHolder(event, facts, 'role-delegated'),
  'access/grants/revoked': (event, facts) => toHolder(event, facts, 'role-revoked'),
}

const ruleFor = ({ module, aggregate, action }: NewsEvent): Rule | undefined => RULES[`${module}/${aggregate}/${action}`]

/** Events that concern anybody: only of these facts are asked. */
export function concerning(events: readonly NewsEvent[]): NewsEvent[] {
  return events.filter((event) => ruleFor(event) !== undefined)
}

export function draftsOf(events: readonly NewsEvent[], facts: KnownFacts): NoticeDraft[] {
  return events.flatMap((event) => ruleFor(event)?.(event, facts) ?? [])
}

type Further = Pick<NoticeDraft, 'params' | 'ref'>

function draft(event: NewsEvent, kind: NoticeKind, audience: NoticeDraft['audience'], further: Further = {}): NoticeDraft {
  const { id, module, aggregate, recordId } = event
  return { kind, cause: id, ref: { module, aggregate, id: recordId }, audience, ...further }
}

function toHolders(event: NewsEvent, { initiatives }: KnownFacts, kind: NoticeKind, permission: string): NoticeDraft | undefined {
  const record = initiatives.find(({ id }) => id === event.recordId)
  return record && draft(event, kind, { permission, scope: record.scope, exceptId: event.actorId })
}

function toAuthor(event: NewsEvent, { initiatives }: KnownFacts, kind: NoticeKind): NoticeDraft | undefined {
  const author = initiatives.find(({ id }) => id === event.recordId)?.author
  return author == null ? undefined : draft(event, kind, { userId: author, exceptId: event.actorId })
}

/** Those who may answer: the owner's people and the secretariat, never the country that objects. */
function toOwner(event: NewsEvent, { objections, initiatives }: KnownFacts, kind: NoticeKind): NoticeDraft | undefined {
  const objection = objections.find(({ id }) => id === event.recordId)
  const record = initiatives.find(({ id }) => id === objection?.initiativeId)
  if (!objection || !record) return undefined
  const scope = { ...record.scope, countries: record.scope.countries.filter((code) => code !== objection.country) }
  const audience = { permission: 'registry.initiative.edit', scope, exceptId: event.actorId }
  return draft(event, kind, audience, aboutObjection(objection))
}

function toCountry(event: NewsEvent, { objections }: KnownFacts): NoticeDraft | undefined {
  const objection = objections.find(({ id }) => id === event.recordId)
  if (!objection) return undefined
  const scope = { orgs: [], countries: [objection.country] }
  const audience = { permission: 'registry.initiative.object', scope, exceptId: event.actorId }
  return draft(event, 'objection-answered', audience, aboutObjection(objection))
}

function aboutObjection({ country, kind, initiativeId }: KnownFacts['objections'][number]): Further {
  return { params: { country, objection: kind }, ref: { module: 'registry', aggregate: 'initiatives', id: initiativeId } }
}

function toHolder(event: NewsEvent, { grants }: KnownFacts, kind: NoticeKind): NoticeDraft | undefined {
  const grant = grants.find(({ id }) => id === event.recordId)
  return grant && draft(event, kind, { userId: grant.userId, exceptId: event.actorId }, { params: roleParams(grant) })
}

export function roleParams({ role, scope, scopeId }: GrantFacts): Record<string, string> {
  return { role, scope, ...(scopeId === null ? {} : { scopeId }) }
}

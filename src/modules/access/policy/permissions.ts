/** Which right on which kind of record each permission of an operation is. A permission that is missing here is nobody's. */
import type { AccessObject, Right } from './role-table.ts'

export interface PermissionMeaning {
  readonly object: AccessObject
  readonly right: Right
}

const on = (object: AccessObject, right: Right): PermissionMeaning => ({ object, right })

export const PERMISSIONS: Readonly<Record<string, PermissionMeaning>> = {
  'registry.initiative.read': on('initiative', 'read'),
  'registry.initiative.create': on('initiative', 'create'),
  'registry.initiative.edit': on('initiative', 'edit'),
  'registry.initiative.verify': on('initiative', 'verify'),
  'registry.initiative.publish': on('initiative', 'publish'),
  'registry.initiative.object': on('initiative', 'comment'),
  'registry.history.view': on('initiative_history', 'read'),
  'registry.collection.create': on('collection', 'create'),
  'registry.snapshot.take': on('initiative', 'publish'),
  'registry.collection.remove': on('collection', 'administer'),
  'registry.import.run': on('collection', 'edit'),
  'registry.import.view': on('collection', 'edit'),
  'registry.import.undo': on('collection', 'edit'),
  'registry.release.read': on('release', 'read'),
  'registry.release.draft': on('release', 'create'),
  'registry.release.edit': on('release', 'edit'),
  'registry.release.confirm': on('release', 'verify'),
  'registry.release.trust': on('release', 'publish'),
  'registry.workspace.read': on('initiative_history', 'read'),
  'reporting.figure.read': on('report', 'read'),
  'reporting.report.read': on('report', 'read'),
  'sources.document.read': on('report', 'read'),
  'sources.document.register': on('report', 'create'),
  'sources.document.load': on('installation', 'administer'),
  'sources.reported-value.read': on('report', 'read'),
  'sources.reported-value.record': on('report', 'create'),
  'sources.reported-value.revise': on('report', 'edit'),
  'directory.org.read': on('organisation', 'read'),
  'directory.org.register': on('organisation', 'create'),
  'directory.org.revise': on('organisation', 'edit'),
  'directory.org.merge': on('organisation', 'verify'),
  'directory.org.load': on('installation', 'administer'),
  'directory.person.read': on('focal_point', 'read'),
  'directory.person.edit': on('focal_point', 'edit'),
  'directory.person.erase': on('focal_point', 'administer'),
  'directory.consent.record': on('focal_point', 'edit'),
  'directory.consent.expire': on('installation', 'administer'),
  'directory.contact.read': on('focal_point', 'read'),
  'directory.own-person.read': on('own_account', 'read'),
  'directory.own-person.edit': on('own_account', 'edit'),
  'directory.person.link': on('user', 'administer'),
  'coordination.mechanism.read': on('coordination_mechanism', 'read'),
  'coordination.focal-point.name': on('focal_point', 'create'),
  'coordination.focal-point.edit': on('focal_point', 'edit'),
  'coordination.link.use': on('sign_in', 'create'),
  'results.survey.read': on('survey', 'read'),
  'results.survey.create': on('survey', 'create'),
  'results.survey.run': on('survey', 'edit'),
  'results.survey.publish': on('survey', 'publish'),
  'results.response.read': on('survey_response', 'read'),
  'results.response.edit': on('survey_response', 'edit'),
  'results.response.validate': on('survey_response', 'verify'),
  'access.audit.view': on('audit', 'read'),
  'access.sign-in.use': on('sign_in', 'create'),
  'access.own-account.read': on('own_account', 'read'),
  'access.own-account.edit': on('own_account', 'edit'),
  'access.key.read': on('own_account', 'read'),
  'access.key.edit': on('own_account', 'edit'),
  'access.user.read': on('user', 'administer'),
  'access.user.edit': on('user', 'administer'),
  'access.grant.give': on('user', 'administer'),
  'access.delegation.read': on('delegation', 'read'),
  'access.delegation.give': on('delegation', 'create'),
  'access.outbox.read': on('user', 'administer'),
  'access.installation.run': on('installation', 'administer'),
}

/**
 * What concerns the person themself, such as the password, is not for a program that acts for them. Nor are the accounts, the
 * messages with links to them and the roles, given or lent: a narrow key could make itself any account.
 */
const NEVER_BY_KEY: readonly AccessObject[] = ['own_account', 'sign_in', 'user', 'delegation']

/** Whether a key may hold the permission at all. */
export function isForKeys(permission: string): boolean {
  const meaning = PERMISSIONS[permission]
  return meaning !== undefined && !NEVER_BY_KEY.includes(meaning.object)
}

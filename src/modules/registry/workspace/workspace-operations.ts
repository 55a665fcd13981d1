/** Every operation about objections and workspaces; the API, the command line and the reference pages are made from this list. */
import { answerObjection } from '../objections/answer-objection.ts'
import { listObjections } from '../objections/list-objections.ts'
import '../objections/problems.ts'
import { raiseObjection } from '../objections/raise-objection.ts'
import { settleObjection } from '../objections/settle-objection.ts'
import { getWorkspace } from './get-workspace.ts'
import { listWaiting } from './list-waiting.ts'
import { exportWorkspaceRecords, listWorkspaceRecords } from './list-workspace-records.ts'
import { nameInitiatives } from './name-initiatives.ts'
import { noticeFacts } from './notice-facts.ts'
import './problems.ts'

export const workspaceOperations = [
  raiseObjection,
  answerObjection,
  settleObjection,
  listObjections,
  getWorkspace,
  listWorkspaceRecords,
  exportWorkspaceRecords,
  listWaiting,
  nameInitiatives,
  noticeFacts,
] as const

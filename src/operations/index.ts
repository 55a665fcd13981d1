export { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from './actor.ts'
export {
  type AuditEventDraft,
  type AuditWriter,
  type BatchChange,
  type Command,
  type CommandContext,
  defineCommand,
  defineQuery,
  type Operation,
  type PermissionCheck,
  type Query,
  type QueryContext,
  type RecordChange,
} from './operation.ts'
export { createOperations, type Operations } from './run-operation.ts'

export { type Actor, ANONYMOUS, type Grant, LOCAL_ADMINISTRATOR, PROGRAM } from './actor.ts'
export {
  type AuditEventDraft,
  type AuditWriter,
  type BatchChange,
  type Command,
  type CommandContext,
  defineCommand,
  defineQuery,
  type Operation,
  type Permission,
  type Policy,
  permissionsOf,
  type Query,
  type QueryContext,
  type RecordChange,
  type RecordScope,
  type SeenTable,
  type Sight,
} from './operation.ts'
export { createOperations, type Operations } from './run-operation.ts'

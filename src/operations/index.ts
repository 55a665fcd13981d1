export { type Actor, ANONYMOUS, type Grant, LOCAL_ADMINISTRATOR, PROGRAM } from './actor.ts'
export {
  type AuditEventDraft,
  type AuditWriter,
  type BatchChange,
  type Command,
  type CommandAnswers,
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
  type RepeatableCall,
  type SeenTable,
  type Sight,
} from './operation.ts'
export { cursorNotAccepted, readCursor, writeCursor } from './page-cursor.ts'
export { createOperations, type Operations, type RepeatableOperations, type RunOnce } from './run-operation.ts'

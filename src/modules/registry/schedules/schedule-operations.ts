/** The operations about addresses that are imported again and again. */
import { holdSchedule, noteScheduleOutcome, takeDueSchedule } from './due-schedules.ts'
import './problems.ts'
import {
  changeImportSchedule,
  getImportSchedule,
  listImportSchedules,
  removeImportSchedule,
  scheduleImport,
} from './schedule-import.ts'

export const scheduleOperations = [
  scheduleImport,
  changeImportSchedule,
  removeImportSchedule,
  listImportSchedules,
  getImportSchedule,
  takeDueSchedule,
  holdSchedule,
  noteScheduleOutcome,
] as const

/** Turns what the driver throws into a Problem that a person can act on, where there is one; other faults pass unchanged. */
import { Problem } from '../kernel/problems.ts'

interface DriverError {
  readonly code?: string
  readonly message?: string
}

/** What the place that caught the error knows. */
export interface ErrorContext {
  /** Milliseconds the statement had been running or waiting. */
  readonly ranMs: number
  /** The statement's limit in milliseconds; 0 for none. */
  readonly limitMs: number
  readonly engine: 'embedded' | 'server'
  /** The embedded engine's last writes failed for lack of space. */
  readonly ranOutOfDisk: boolean
}

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  '57P01', // the server was shut down by its administrator
  '57P02',
  '57P03', // it is starting or stopping
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300',
  '28P01',
  '28000',
  '3D000',
])

const TRY_AGAIN = new Set(['40001', '40P01'])
const DISK_FULL = new Set(['53100', 'ENOSPC', 'EDQUOT'])

export function translateError(error: unknown, context: ErrorContext): unknown {
  if (error instanceof Problem) return error
  const { code = '', message = '' } = (error ?? {}) as DriverError
  const seconds = Math.round(context.limitMs / 1000)

  if (DISK_FULL.has(code)) return new Problem('database.disk-full', {}, { cause: error })
  if (code === '57014' && message.includes('statement timeout'))
    return new Problem('database.statement-timeout', { seconds }, { cause: error })
  if (TRY_AGAIN.has(code)) return new Problem('database.try-again', {}, { cause: error })
  if (!isLostConnection(code, message)) return error

  if (context.ranOutOfDisk) return new Problem('database.disk-full', {}, { cause: error })
  // The watchdog ends the engine's thread, which the caller sees as a lost connection: its own time tells why.
  if (context.engine === 'embedded' && context.limitMs > 0 && context.ranMs >= context.limitMs) {
    return new Problem('database.statement-timeout', { seconds }, { cause: error })
  }
  if (context.engine === 'embedded') return new Problem('database.restarted', {}, { cause: error })
  return new Problem('database.unreachable', { reason: code || message }, { cause: error })
}

/** Somebody else wrote a row with the same unique value; the constraint noticed it, not a check before. */
export function isUniqueViolation(error: unknown): boolean {
  return (error as DriverError | undefined)?.code === '23505'
}

export function isLostConnection(code: string, message: string): boolean {
  return NO_CONNECTION.has(code) || /^Connection terminated|Client has encountered a connection error|not queryable/.test(message)
}

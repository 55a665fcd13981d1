/**
 * What the log says about a fault: enough to find it, nothing about a person. The route stands as its pattern, since an address can
 * hold names and tokens; of the message, values in quotation marks, mail addresses and long numbers are left out.
 */
import type { HttpRequest } from '../../kernel/http.ts'

/** Lines of the stack: where it happened and who called. */
const FRAMES = 8

/** With the time in UTC: not every place where logs are kept adds one. */
export function faultLine(error: unknown, request: HttpRequest, reference: string, at = new Date()): string {
  const place = `${request.method} ${request.route ?? '(no route)'}`
  return `${at.toISOString()} fault ${reference} request ${request.id ?? '-'} at ${place}: ${describeFault(error)}`
}

function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code } = error as Error & { code?: unknown }
  const name = [error.name, typeof code === 'string' ? code : ''].filter((part) => part !== '').join(' ')
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${name}: ${withoutValues(error.message)}`, ...frames.slice(0, FRAMES)].join('\n')
}

function withoutValues(message: string): string {
  return message
    .replace(/"[^"]*"|'[^']*'|«[^»]*»|“[^”]*”|`[^`]*`/g, '"…"')
    .replace(/\S+@\S+/g, '…')
    .replace(/\b[\da-f]{6,}\b/gi, '…')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 300)
}

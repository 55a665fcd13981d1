/**
 * Is the process that wrote a lock file still the same living process? A number alone is not enough: after a restart of
 * the machine, or in a container, another program may have the same number. So the start time is compared too.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

export interface ProcessIdentity {
  readonly host: string
  readonly pid: number
  /** The operating system's own text for the start time; only ever compared for equality. */
  readonly startedAt: string
}

export function thisProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, startedAt: startTimeOf(process.pid) ?? '' }
}

/** Only meaningful for a process of this machine. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = startTimeOf(pid)
  return now === undefined || startedAt === '' || now === startedAt
}

function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program stands in brackets and may hold spaces; the start time is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${bootId()}:${ticks}`
  } catch {
    return startTimeFromPs(pid)
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** macOS has no /proc. Where `ps` is missing too, the number alone must do. */
function startTimeFromPs(pid: number): string | undefined {
  if (process.platform === 'linux' || process.platform === 'win32') return undefined
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

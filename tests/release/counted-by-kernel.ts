/** What went out of this network namespace, counted by the kernel over all its processes and threads. */
import { existsSync, readFileSync } from 'node:fs'

const COUNTERS = '/proc/net/snmp'

export interface CountedByKernel {
  /** Loopback refuses a connection to nobody, and every address outside leads there (tests/release/cut-network.ts). */
  readonly refusedConnections: number
  /** A look-up of a name is one, for example. */
  readonly datagrams: number
}

/** The file has two lines a protocol: names, then values. */
export function countedByKernel(): CountedByKernel {
  const lines = existsSync(COUNTERS) ? readFileSync(COUNTERS, 'utf8').split('\n') : []
  const counted = (protocol: string, name: string): number => {
    const [names = '', values = ''] = lines.filter((line) => line.startsWith(`${protocol}:`))
    return Number(values.split(' ')[names.split(' ').indexOf(name)] ?? 0)
  }
  return { refusedConnections: counted('Tcp', 'AttemptFails'), datagrams: counted('Udp', 'OutDatagrams') }
}

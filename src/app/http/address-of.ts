/** Whose request it is: the address of the client, and under which key its requests are counted. */
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Behind trusted proxies what the furthest of them saw. A word in place of an address counts as the hop before it. */
export function clientAddress(request: Pick<FastifyRequest, 'ip' | 'ips'>): string {
  const hops = request.ips ?? [request.ip]
  return hops.findLast((hop) => isIP(hop) !== 0) ?? ''
}

export function isThisMachine(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

/** A household or an office has a whole /64 of IPv6: its addresses count as one. */
export function countedAs(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1] ?? address
  if (isIP(address) !== 6) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const before = head.split(':').filter((group) => group !== '')
  const after = (tail ?? '').split(':').filter((group) => group !== '')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const groups = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16).toString(16))
  return `${groups.slice(0, 4).join(':')}::/64`
}

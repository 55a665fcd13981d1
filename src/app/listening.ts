/**
 * Where the program may listen. Until the first account exists whoever reaches it on this machine is the administrator (ruling 18),
 * so beyond this machine it asks for somebody to be known, and for a connection that nobody reads on the way.
 */
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { defineProblems, Problem } from '../kernel/problems.ts'
import type { Settings } from './settings.ts'

defineProblems('app', {
  'token-required': { kind: 'refused', params: ['host'] },
  'public-without-account': { kind: 'refused', params: ['address'] },
  'tls-required': { kind: 'refused', params: ['host'] },
  'tls-not-readable': { kind: 'invalid', params: ['certificate', 'key', 'reason'] },
})

type ListeningSettings = Pick<Settings, 'host' | 'publicUrl' | 'startToken' | 'tls' | 'trustedProxy' | 'allowPlainHttp'>

/** Asked when the database is open and before the port is. */
export function requireSafeListening(settings: ListeningSettings, { accountsExist }: { accountsExist: boolean }): void {
  const { host, publicUrl, startToken, tls, trustedProxy, allowPlainHttp } = settings
  const knowsNobody = !accountsExist && startToken === undefined
  // A public address means a proxy, which leads people from elsewhere to this machine: not every proxy says that it is one.
  if (knowsNobody && publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname) && isLoopback(host))
    throw new Problem('app.public-without-account', { address: publicUrl })
  if (isLoopback(host)) return
  if (knowsNobody) throw new Problem('app.token-required', { host })
  if (tls === undefined && trustedProxy === undefined && !allowPlainHttp) throw new Problem('app.tls-required', { host })
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** Certificate and key, tried together: a key of another certificate is found at the start. */
export function readTls(files: Settings['tls']): { cert: Buffer; key: Buffer } | undefined {
  if (files === undefined) return undefined
  try {
    const pair = { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) }
    createSecureContext(pair)
    return pair
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? ''
    throw new Problem('app.tls-not-readable', { certificate: files.certificateFile, key: files.keyFile, reason }, { cause })
  }
}

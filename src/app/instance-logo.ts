/** The logo of the installation, as a route of its own; its path is a setting. */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { HttpRoute } from '../kernel/http.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.png': 'image/png' }

export function instanceLogoRoute(file: string): HttpRoute | undefined {
  const mediaType = MEDIA_TYPES[extname(file).toLowerCase()]
  if (mediaType === undefined) return undefined
  const body = readFileSync(file)
  return {
    method: 'GET',
    path: `/instance/logo${extname(file).toLowerCase()}`,
    handle: async () => ({ status: 200, headers: { 'content-type': mediaType, 'cache-control': 'public, max-age=3600' }, body }),
  }
}

/** The style sheet of documents under an address of its content, so that a browser may keep it for ever. */
import { createHash } from 'node:crypto'
import { documentStyle } from '../../../documents/html/document-styles.ts'
import type { HttpResponse } from '../../../kernel/http.ts'
import type { PageRequest } from '../../site.tsx'

let digest: string | undefined

export function reportStyleHref(at: PageRequest['at']): string {
  digest ??= createHash('sha256').update(documentStyle()).digest('hex').slice(0, 8)
  return at(`/reports/style/${digest}.css`)
}

export async function reportStyle(): Promise<HttpResponse> {
  return {
    status: 200,
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' },
    body: documentStyle(),
  }
}

import { expect, test } from 'vitest'
import { listLanguages } from '../../../i18n/languages.ts'
import type { HttpRequest } from '../../../kernel/http.ts'
import { pageRoute } from '../../site.tsx'
import { pageContext } from '../../testing/page-context.ts'
import { standardsPages } from './routes.tsx'

/** The pages run no operation. */
const context = pageContext({ run: () => Promise.reject(new Error('These pages ask nothing')) })

async function page(lang: string, path: string): Promise<string> {
  const request: HttpRequest = {
    method: 'GET',
    path: `/${lang}${path}`,
    params: { lang },
    query: new URLSearchParams(),
    form: new URLSearchParams(),
    files: [],
    header: () => undefined,
    origin: 'https://sursur.example.org',
  }
  const definition = standardsPages.find((one) => one.path === path)
  if (!definition) throw new Error('There is no such page')
  const { status, body } = await pageRoute(context, definition).handle(request)
  expect([lang, status]).toEqual([lang, 200])
  return String(body)
}

test('no text is missing in any language, and every name stands as it is in files', async () => {
  for (const lang of listLanguages()) {
    const extensions = await page(lang, '/standards/iati')
    expect(extensions).not.toMatch(/standards\.[a-z]/)
    for (const name of ['urn:sursur:iati:1', 'sur:partner', 'own-resources', 'sur:known-to']) expect(extensions).toContain(name)
    expect(extensions).toContain(`/${lang}/code-lists/role`)
    const tags = await page(lang, '/standards/iati/tags')
    for (const code of ['urn:sursur:tags:1', 'FC02', 'scale.regional', 'agency-role.knowledge_broker'])
      expect(tags).toContain(code)
  }
})

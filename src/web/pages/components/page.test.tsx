/** The gallery shows every component in every language, with its texts complete, and within the weight of a page. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { listLanguages } from '../../../i18n/languages.ts'
import { translatorFor } from '../../../i18n/translator.ts'
import { Document, renderDocument } from '../../components/index.ts'
import { ComponentGallery } from './page.tsx'

function gallery(lang: string) {
  const t = translatorFor(lang)
  const html = renderDocument(
    <Document
      title="Gallery"
      instance={{ name: 'Sursur', href: '/' }}
      stylesheet="/site.css"
      nav={[]}
      languages={[]}
      dataKind="fictional"
    >
      <ComponentGallery />
    </Document>,
    t,
  )
  return { html, missing: t.missing() }
}

describe.each(listLanguages())('the gallery in %s', (lang) => {
  const { html, missing } = gallery(lang)

  test('has every text', () => {
    expect(missing).toEqual([])
    expect(html).not.toContain('⟦')
  })

  test('has one h1 and no id twice', () => {
    expect(html.match(/<h1/g)).toHaveLength(1)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  test('refers only to ids that exist', () => {
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
    const named = [...html.matchAll(/ (?:aria-labelledby|aria-describedby|for)="([^"]+)"/g)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    )
    expect(named.filter((id) => !ids.has(id))).toEqual([])
    const patterns = [...html.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1])
    expect(patterns.filter((id) => !ids.has(id))).toEqual([])
  })

  test('weighs less than 100 kB on the line', () => {
    expect(gzipSync(html).length).toBeLessThan(100 * 1024)
  })
})

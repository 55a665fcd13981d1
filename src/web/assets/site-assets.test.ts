import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { siteAssets } from './site-assets.ts'

const { stylesheet, icon } = siteAssets()

test('the style sheet stays within 14 kB on the line', () => {
  expect(gzipSync(stylesheet.body).length).toBeLessThan(14 * 1024)
  expect(brotliCompressSync(stylesheet.body).length).toBeLessThan(14 * 1024)
})

test('the style sheet knows no left and right, so that Arabic mirrors by itself', () => {
  // `direction: ltr` of drawings and the tests of [dir="rtl"] for arrows are the only mentions of a direction.
  expect(
    stylesheet.body.match(/\b(margin|padding|border|inset)-(left|right)|\b(left|right)\s*:|text-align:\s*(left|right)/g),
  ).toBeNull()
})

test('the style sheet loads nothing from anywhere', () => {
  expect(stylesheet.body).not.toMatch(/url\(|@import|@font-face/)
})

test('an asset’s address changes with its content', () => {
  expect(stylesheet.href).toMatch(/^\/assets\/site\.[0-9a-f]{8}\.css$/)
  expect(icon.href).toMatch(/^\/assets\/icon\.[0-9a-f]{8}\.svg$/)
})

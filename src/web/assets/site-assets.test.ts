import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { siteAssets } from './site-assets.ts'

const { stylesheet, icon, upload } = siteAssets()

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

test('the script of the upload page stays within 4 kB on the line, and asks for nothing that the security policy forbids', () => {
  expect(gzipSync(upload.body).length).toBeLessThan(4 * 1024)
  expect(upload.href).toMatch(/^\/assets\/upload\.[0-9a-f]{8}\.js$/)
  expect(upload.body).not.toMatch(/\beval\b|new Function|innerHTML|import\s|https?:/)
})

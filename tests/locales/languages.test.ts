import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findGaps } from '../../scripts/release/compare-languages.ts'
import { readMessageFiles } from '../../scripts/release/message-files.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'

test('every language has every text, with the same placeholders and its own plural forms', () => {
  const languages = readMessageFiles(join(PACKAGE_ROOT, 'locales'))
  expect(languages.map(({ lang }) => lang)).toEqual(expect.arrayContaining(['ar', 'en', 'es', 'fr', 'ru', 'zh']))
  expect(findGaps(languages)).toEqual([])
})

describe('a planted gap is found', () => {
  let folder = ''

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sursur-locales-'))
    const texts = {
      title: {
        en: 'All initiatives',
        ar: 'جميع المبادرات',
        es: 'Todas las iniciativas',
        fr: 'Toutes les initiatives',
        ru: 'Все инициативы',
        zh: '全部倡议',
      },
      hello: {
        en: 'Hello, {name}',
        ar: 'مرحبا {name}',
        es: 'Hola, {name}',
        fr: 'Bonjour, {name}',
        ru: 'Здравствуйте, {name}',
        zh: '你好，{name}',
      },
      rows: {
        en: '{count, plural, one {# row} other {# rows}}',
        ar: '{count, plural, zero {لا صفوف} one {صف واحد} two {صفان} few {# صفوف} many {# صفا} other {# صف}}',
        es: '{count, plural, one {# fila} other {# filas}}',
        fr: '{count, plural, one {# ligne} many {# de lignes} other {# lignes}}',
        ru: '{count, plural, one {# строка} few {# строки} many {# строк} other {# строки}}',
        zh: '{count, plural, other {# 行}}',
      },
    }
    for (const lang of ['en', 'ar', 'es', 'fr', 'ru', 'zh'] as const) {
      cpSync(join(PACKAGE_ROOT, 'locales', lang), join(folder, lang), {
        recursive: true,
        filter: (path) => !path.endsWith('.json'),
      })
      const own = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text[lang]]))
      writeFileSync(join(folder, lang, 'sample.json'), JSON.stringify(own, null, 2))
    }
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function plant(lang: string, from: string, to: string): string[] {
    const path = join(folder, lang, 'sample.json')
    const before = readFileSync(path, 'utf8')
    writeFileSync(path, before.replace(from, to))
    expect(readFileSync(path, 'utf8')).not.toBe(before)
    return findGaps(readMessageFiles(folder))
  }

  test('and six whole languages have none', () => {
    expect(findGaps(readMessageFiles(folder))).toEqual([])
  })

  test.each([
    {
      name: 'a text that is missing',
      lang: 'fr',
      from: '"title"',
      to: '"titre"',
      says: ['fr: sample.title is missing.', 'fr: sample.titre does not exist in English.'],
    },
    {
      name: 'a placeholder that is missing',
      lang: 'zh',
      from: '你好，{name}',
      to: '你好',
      says: ['zh: sample.hello lacks the placeholder {name}.'],
    },
    {
      name: 'a placeholder in other letters',
      lang: 'ru',
      from: '{name}',
      to: '{имя}',
      says: [
        'ru: sample.hello lacks the placeholder {name}.',
        'ru: sample.hello has a placeholder {имя} that English does not have.',
      ],
    },
    {
      name: 'an Arabic plural with five of six forms',
      lang: 'ar',
      from: 'two {صفان} ',
      to: '',
      says: ['ar: sample.rows lacks the plural form two of {count}.'],
    },
    {
      name: 'a Russian plural with three of four forms',
      lang: 'ru',
      from: 'many {# строк} ',
      to: '',
      says: ['ru: sample.rows lacks the plural form many of {count}.'],
    },
    {
      name: 'a plural form of another language',
      lang: 'en',
      from: 'one {',
      to: 'few {# rows} one {',
      says: ['en: sample.rows has a plural form few of {count} that the language does not have.'],
    },
    {
      name: 'English left in an Arabic file',
      lang: 'ar',
      from: 'جميع المبادرات',
      to: 'All initiatives',
      says: ['ar: sample.title is not translated.'],
    },
    {
      name: 'an empty text',
      lang: 'es',
      from: 'Todas las iniciativas',
      to: ' ',
      says: ['locales/es/sample.json: sample.title is empty.', 'es: sample.title is missing.'],
    },
    { name: 'a key written twice', lang: 'es', from: '{', to: '{ "title": "Otra",', says: [] },
  ])('$name', ({ lang, from, to, says }) => {
    if (says.length === 0)
      expect(plant(lang, from, `{\n"title": "Otra",`)).toEqual(['locales/es/sample.json: the key title is written twice.'])
    else expect(plant(lang, from, to)).toEqual(says)
  })

  test('a language that is not there', () => {
    rmSync(join(folder, 'zh'), { recursive: true })
    expect(findGaps(readMessageFiles(folder))).toEqual(['locales/zh: the language is missing.'])
  })

  test('a broken message, with the reason', () => {
    expect(plant('fr', 'Bonjour, {name}', 'Bonjour, {name')[0]).toMatch(
      /^locales\/fr\/sample\.json: sample\.hello is not an ICU message/,
    )
  })

  test('a seventh language is one folder, held to the same measure', () => {
    cpSync(join(folder, 'es'), join(folder, 'pt'), { recursive: true })
    expect(findGaps(readMessageFiles(folder))).toEqual([])
    expect(plant('pt', '"title"', '"titulo"')).toContain('pt: sample.title is missing.')
  })
})

import { expect, test } from 'vitest'
import { contentDigestOf } from './canonical.ts'
import { parseElement } from './parse-element.ts'

const ACTIVITY = `<iati-activity default-currency="EUR" xml:lang="en" last-updated-datetime="2024-01-01T00:00:00Z">
  <iati-identifier>A-1</iati-identifier>
  <title><narrative>Clean water</narrative><narrative xml:lang="fr">Eau propre</narrative></title>
  <sector vocabulary="1" code="14030" percentage="60"/><sector vocabulary="1" code="14031" percentage="40"/>
  <contact-info><email>a@b.example</email></contact-info>
</iati-activity>`

const digest = (text: string) => contentDigestOf(parseElement(text, 1))

test.each([
  ['another word', 'Clean water', 'Clear water'],
  ['a word fewer', 'Clean water', 'water'],
  ['another language', 'xml:lang="fr"', 'xml:lang="es"'],
  ['an attribute more', '<title>', '<title x="1">'],
  ['a share', '"60"', '"61"'],
  [
    'another order of things of one name',
    '14030" percentage="60"/><sector vocabulary="1" code="14031" percentage="40',
    '14031" percentage="40"/><sector vocabulary="1" code="14030" percentage="60',
  ],
  [
    'words that move to the next narrative',
    'Clean water</narrative><narrative xml:lang="fr">Eau',
    'Clean</narrative><narrative xml:lang="fr">water Eau',
  ],
  ['another contact', 'a@b.example', 'c@d.example'],
  ['an element more', '</iati-activity>', '<fss/></iati-activity>'],
])('%s is another content', (_, before, after) => {
  expect(ACTIVITY).toContain(before)
  expect(digest(ACTIVITY.replace(before, after))).not.toBe(digest(ACTIVITY))
})

test.each([
  ['white space within', 'Clean water', '\n   Clean \t water '],
  ['white space between', '<title><narrative>', '<title>\n  <narrative>'],
  ['a comment', 'Clean water', 'Clean <!-- very -->water'],
  ['CDATA', 'Clean water', '<![CDATA[Clean]]> water'],
  ['order of attributes', 'vocabulary="1" code="14030" percentage="60"', 'percentage="60" code="14030" vocabulary="1"'],
  ['date of the last update', '2024-01-01', '2025-05-05'],
  ['an element of ours', '</title>', '</title><sur:partner no="1"/>'],
  ['an element of ours inside another one', '<title>', '<title><sur:note>x</sur:note>'],
  ['an attribute of ours', '<title>', '<title sur:state="human">'],
  [
    'a tag of ours',
    '</iati-activity>',
    '<tag vocabulary="99" vocabulary-uri="urn:sursur:tags:1" code="scale.global"/></iati-activity>',
  ],
  ['the declaration of a namespace', 'xml:lang="en"', 'xml:lang="en" xmlns:sur="urn:sursur:iati:1"'],
])('%s does not count', (_, before, after) => {
  expect(ACTIVITY).toContain(before)
  expect(digest(ACTIVITY.replace(before, after))).toBe(digest(ACTIVITY))
})

test('the order of differently named children does not count, known and unknown ones alike', () => {
  const parts = ['<title><narrative>a</narrative></title>', '<x:b/>', '<iati-identifier>A</iati-identifier>', '<x:a/>']
  const all = [parts, [...parts].reverse(), [parts[1], parts[3], parts[0], parts[2]]]
  expect(new Set(all.map((some) => digest(`<iati-activity>${some.join('')}</iati-activity>`))).size).toBe(1)
})

test('a tag of another vocabulary counts, and our elements under the prefix that the file gives them do not', () => {
  const tagged = ACTIVITY.replace(
    '</iati-activity>',
    '<tag vocabulary="99" vocabulary-uri="http://a.example" code="1"/></iati-activity>',
  )
  expect(digest(tagged)).not.toBe(digest(ACTIVITY))
  const own = parseElement(ACTIVITY.replace('</title>', '</title><mine:partner no="1"/>'), 1)
  expect(contentDigestOf(own, { mine: 'urn:sursur:iati:1' })).toBe(digest(ACTIVITY))
  expect(contentDigestOf(own)).not.toBe(digest(ACTIVITY))
})

test('contact data that are left out do not count', () => {
  const without = parseElement(ACTIVITY.replace(/<contact-info>.*<\/contact-info>/, ''), 1)
  expect(contentDigestOf(without)).not.toBe(digest(ACTIVITY))
  expect(contentDigestOf(parseElement(ACTIVITY, 1), {}, 'left-out')).toBe(contentDigestOf(without))
})

test('elements under our prefix count where it is bound to something else', () => {
  const theirs = parseElement(ACTIVITY.replace('</title>', '</title><sur:partner no="1"/>'), 1)
  expect(contentDigestOf(theirs, { sur: 'urn:somebody:else' })).not.toBe(digest(ACTIVITY))
  const declared = ACTIVITY.replace('xml:lang="en"', 'xml:lang="en" xmlns:sur="urn:somebody:else"')
  expect(digest(declared.replace('</title>', '</title><sur:partner no="1"/>'))).not.toBe(digest(ACTIVITY))
})

test('what an export had to set aside counts as if it stood in its place', () => {
  const original = '<iati-activity><sector code="1"/><total-cost currency="USD">5 &amp; more</total-cost></iati-activity>'
  const exported =
    '<iati-activity><sector code="1"/><sur:kept path="total-cost[1]">&lt;total-cost currency="USD"&gt;5 &amp;amp; more&lt;/total-cost&gt;</sur:kept></iati-activity>'
  expect(digest(exported)).toBe(digest(original))
  expect(digest(exported.replace('5 &amp;amp;', '6 &amp;amp;'))).not.toBe(digest(original))
})

test('it is SHA-256 in hexadecimal digits, of characters that no document can hold between the parts', () => {
  // sha256 of the bytes 01 "iati-activity" 04
  expect(digest('<iati-activity/>')).toBe('bf5ee877a3411e466783112d6dcf188f8e1b75808f6dec3d4099e47f8fb5310d')
})

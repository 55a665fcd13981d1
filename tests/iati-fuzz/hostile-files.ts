/** Files that mean harm, or look so: each made in a folder, as small as its harm allows, the large ones while they are written. */
import { once } from 'node:events'
import { createWriteStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { zipOf } from './mutations.ts'

export interface HostileFile {
  readonly name: string
  /** What must be said; undefined where all of it comes in. */
  readonly code: string | undefined
  readonly counts: { readonly read: number; readonly created: number; readonly rejected: number }
}

const NOTHING = { read: 0, created: 0, rejected: 0 }

export function soundActivity(identifier: string, more = ''): string {
  return `<iati-activity xml:lang="en" default-currency="USD"><iati-identifier>XX-TEST-9-${identifier}</iati-identifier><reporting-org ref="XX-TEST-9" type="10"><narrative>Agency</narrative></reporting-org><title><narrative>Wells</narrative></title><description><narrative>Water</narrative></description><participating-org ref="XX-TEST-9" role="1" type="10"/><activity-status code="2"/><activity-date type="1" iso-date="2020-01-01"/><recipient-country code="KE"/><sector vocabulary="1" code="14030"/>${more}</iati-activity>`
}

export function fileOf(...activities: string[]): string {
  return `<?xml version="1.0"?>\n<iati-activities version="2.03">\n${activities.join('\n')}\n</iati-activities>\n`
}

/** The small ones, in the order in which they are given. */
export function writeHostileFiles(folder: string): HostileFile[] {
  const files: HostileFile[] = []
  const write = (name: string, bytes: Buffer | string, code: string | undefined, counts: HostileFile['counts'] = NOTHING) => {
    writeFileSync(join(folder, name), bytes)
    files.push({ name, code, counts })
  }
  const sound = fileOf(soundActivity('SOUND'))
  const after = (type: string, body = soundActivity('TYPED')) => fileOf(body).replace('?>', `?>${type}`)
  const bomb = Array.from({ length: 20 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('')
  write('empty.xml', '', 'iati.empty-file')
  write('html.xml', '<!doctype html><html><body><h1>Not found</h1></body></html>', 'iati.not-xml')
  write('json.xml', '{"error": "not found"}', 'iati.not-xml')
  write(
    'entity-bomb.xml',
    after(`<!DOCTYPE r [<!ENTITY e0 "x">${bomb}]>`, '<iati-activity>&e20;</iati-activity>'),
    'iati.document-type',
  )
  write(
    'external-entity.xml',
    after('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<iati-activity>&x;</iati-activity>'),
    'iati.document-type',
  )
  write('external-type.xml', after('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">'), 'iati.document-type')
  write(
    'namespace.xml',
    sound.replace('<iati-activities', '<iati-activities xmlns="http://example.org/"'),
    'iati.foreign-namespace',
  )
  write(
    'prefix.xml',
    sound
      .replaceAll(/<(\/?)iati-activities/g, '<$1i:iati-activities')
      .replace('<i:iati-activities', '<i:iati-activities xmlns:i="urn:i"'),
    'iati.prefixed-elements',
  )
  write('version.xml', sound.replace('2.03', '9.99'), 'iati.code-unknown', { read: 1, created: 1, rejected: 0 })
  write('deep.xml', fileOf(soundActivity('DEEP', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`)), 'iati.too-deep')
  write('deep-outside.xml', fileOf('<a>'.repeat(3_000_000)), 'iati.too-deep')
  write('cut.xml.gz', gzipSync(sound).subarray(0, -20), 'tables.broken-gzip')
  write('cut-later.xml.gz', cutGzip(), 'iati.broken-archive')
  write('slip.zip', zipOf([['../../sursur-slipped.xml', Buffer.from(fileOf(soundActivity('SLIPPED')))]]), 'iati.name-leads-out', {
    read: 1,
    created: 1,
    rejected: 0,
  })
  write('bomb.zip', bombZip(), 'tables.packed-too-tightly')
  write(
    'bomb.xml.gz',
    gzipSync(Buffer.concat([Buffer.from('<iati-activities>'), Buffer.alloc(400_000_000, ' ')])),
    'iati.stretch-too-long',
  )
  write('control.xml', fileOf(soundActivity('CONTROL', '<title>&#0;</title>')), 'iati.not-well-formed')
  write('one-of-two.xml', fileOf(soundActivity('KEPT'), '<iati-activity/>'), 'iati.identifier-missing', {
    read: 2,
    created: 1,
    rejected: 1,
  })
  return files
}

/** Many activities come before the bytes end. */
function cutGzip(): Buffer {
  const many = Array.from({ length: 3_000 }, (_, at) => soundActivity(`CUT-${at}-${(at * 7919) % 104_729}`))
  const packed = gzipSync(fileOf(...many))
  return packed.subarray(0, packed.length - 5_000)
}

/** 400 MB of spaces that the directory declares as such. */
function bombZip(): Buffer {
  return zipOf([['a.xml', Buffer.concat([Buffer.from('<iati-activities>'), Buffer.alloc(400_000_000, ' ')])]])
}

async function writeParts(path: string, parts: Iterable<string>): Promise<void> {
  const out = createWriteStream(path)
  for (const part of parts) if (!out.write(part)) await once(out, 'drain')
  out.end()
  await finished(out)
}

/** One activity of 80 MB between two sound ones. */
export async function writeLargeActivity(path: string): Promise<void> {
  const narrative = `<narrative>${'pump '.repeat(20_000)}</narrative>`
  await writeParts(path, [
    `<iati-activities version="2.03">${soundActivity('BEFORE')}<iati-activity>`,
    ...Array.from({ length: 800 }, () => narrative),
    `</iati-activity>${soundActivity('AFTER')}</iati-activities>`,
  ])
}

/** Nearly the largest that is read: 3.7 MB of transactions. */
export async function writeFullActivity(path: string): Promise<void> {
  const flow = (at: number) =>
    `<transaction ref="T-${at}"><transaction-type code="3"/><transaction-date iso-date="2020-01-${String((at % 28) + 1).padStart(2, '0')}"/><value currency="EUR">${at}.5</value><description><narrative>Part ${at}</narrative></description></transaction>`
  await writeParts(path, [
    '<iati-activities version="2.03">',
    soundActivity('FULL', Array.from({ length: 18_000 }, (_, at) => flow(at)).join('')),
    '</iati-activities>',
  ])
}

export async function writeEmptyActivities(path: string, count: number): Promise<void> {
  function* parts() {
    yield '<iati-activities version="2.03">\n'
    for (let at = 0; at < count; at += 1_000) yield '<iati-activity/>\n'.repeat(Math.min(1_000, count - at))
    yield '</iati-activities>\n'
  }
  await writeParts(path, parts())
}

/** Little to read, and much to keep: 3.6 MB of the shortest tags, beside a sound activity. */
export async function writeManyTags(path: string): Promise<void> {
  await writeParts(path, [
    `<iati-activities version="2.03">${soundActivity('BESIDE')}<iati-activity>`,
    '<a/>'.repeat(900_000),
    '</iati-activity></iati-activities>',
  ])
}

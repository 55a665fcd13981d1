/**
 * Addresses for machines, without a language and without an account: the catalogue, each collection in each format, each snapshot.
 * They stay the same; whoever asks again with the tag of what they have learns whether anything changed.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { listLanguages, preferredLanguage } from '../../../i18n/languages.ts'
import { type BulkFormat, type BulkSubject, formatsOf } from '../../../jobs/exports/bulk-files.ts'
import { contentDisposition, type HttpRequest, type HttpResponse, type HttpRoute, seeOther } from '../../../kernel/http.ts'
import { Problem } from '../../../kernel/problems.ts'
import { getSnapshot, listSnapshots, readSnapshotFile } from '../../../modules/registry/index.ts'
import { ANONYMOUS } from '../../../operations/index.ts'
import type { WebContext } from '../../site.tsx'
import { bulkAddress, leftOutAddress, snapshotAddress } from './addresses.ts'

export function bulkRoutes(context: WebContext): HttpRoute[] {
  return [
    {
      method: 'GET',
      path: '/data',
      async handle(request) {
        return seeOther(`/${preferredLanguage(request.header('accept-language'), listLanguages())}/data`)
      },
    },
    { method: 'GET', path: '/data.json', handle: (request) => catalogue(context, request) },
    { method: 'GET', path: '/data/:file', handle: (request) => bulkFile(context, request) },
    { method: 'GET', path: '/data/left-out/:file', handle: (request) => leftOutFile(context, request) },
    { method: 'GET', path: '/data/snapshots/:file', handle: (request) => snapshotFile(context, request) },
  ]
}

async function bulkFile({ openData }: WebContext, request: HttpRequest): Promise<HttpResponse> {
  const name = request.params.file ?? ''
  const meant = fileNamed(await openData.subjects(), name)
  if (!meant) throw new Problem('http.page-missing', { path: request.path })
  const { subject, format } = meant
  const etag = `"${openData.tagOf(subject, format)}"`
  const headers = { ...KEPT_AND_ASKED, etag }
  if (hasAlready(request, etag)) return { status: 304, headers, body: '' }
  const { path, bytes, snapshotHash, leftOut } = await openData.file(subject, format)
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': format.mediaType,
      'content-length': String(bytes),
      'content-disposition': contentDisposition(name),
      'x-snapshot-hash': snapshotHash,
      ...(leftOut === undefined
        ? {}
        : { 'x-left-out': String(leftOut), link: `<${leftOutAddress(subject.key)}>; rel="describedby"` }),
      ...(subject.changedAt === null ? {} : { 'last-modified': new Date(subject.changedAt).toUTCString() }),
    },
    body: createReadStream(path),
  }
}

/** A key may hold points, and one ending is the end of another: the longest key that the name can mean. */
function fileNamed(subjects: readonly BulkSubject[], name: string) {
  return subjects
    .flatMap((subject) => formatsOf(subject).map((format) => ({ subject, format })))
    .filter(({ subject, format }) => name === `${subject.key}.${format.extension}`)
    .sort((a, b) => b.subject.key.length - a.subject.key.length)[0]
}

/** Each initiative that the published file of a collection does not hold, with what it lacks. */
async function leftOutFile({ openData }: WebContext, request: HttpRequest): Promise<HttpResponse> {
  const [, key] = /^(.+)\.json$/.exec(request.params.file ?? '') ?? []
  const subject = (await openData.subjects()).find((one) => one.key === key)
  if (!subject) throw new Problem('http.page-missing', { path: request.path })
  const { leftOut, problems } = await openData.leftOut(subject)
  const initiatives = problems.map(({ code, params, place }) => ({ activity: place?.activity ?? null, code, ...params }))
  const body = `${JSON.stringify({ collection: subject.key, leftOut, initiatives }, undefined, 2)}\n`
  return { status: 200, headers: { ...KEPT_AND_ASKED, 'content-type': 'application/json; charset=utf-8' }, body }
}

/** May be kept by everybody, who asks each time whether it is still so. */
const KEPT_AND_ASKED = { 'cache-control': 'public, no-cache' }

async function snapshotFile({ operations }: WebContext, request: HttpRequest): Promise<HttpResponse> {
  const [, id] = /^([0-9A-Z]{26})\.zip$/.exec(request.params.file ?? '') ?? []
  if (id === undefined) throw new Problem('http.page-missing', { path: request.path })
  const snapshot = await operations.run(getSnapshot, { id }, ANONYMOUS)
  const etag = `"${snapshot.fileDigest}"`
  const headers = { etag, 'cache-control': 'public, max-age=31536000, immutable' }
  if (hasAlready(request, etag)) return { status: 304, headers, body: '' }
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': 'application/zip',
      'content-length': String(snapshot.fileBytes),
      'content-disposition': contentDisposition(`snapshot-${id}.zip`),
      'x-snapshot-hash': snapshot.snapshotHash,
      'last-modified': new Date(snapshot.takenAt).toUTCString(),
    },
    body: await operations.run(readSnapshotFile, { id }, ANONYMOUS),
  }
}

async function catalogue(context: WebContext, request: HttpRequest): Promise<HttpResponse> {
  const { openData, operations, instance } = context
  const origin = request.origin ?? ''
  const subjects = await openData.subjects()
  const snapshots = await operations.run(listSnapshots, { limit: 500 }, ANONYMOUS)
  const body = `${JSON.stringify(
    {
      title: instance.name,
      collections: await Promise.all(subjects.map((subject) => entryOf(context, subject, origin))),
      snapshots: snapshots.map(({ takenBy: _takenBy, ...snapshot }) => ({
        ...snapshot,
        address: `${origin}${snapshotAddress(snapshot.id)}`,
      })),
    },
    null,
    2,
  )}\n`
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = { ...KEPT_AND_ASKED, etag }
  if (hasAlready(request, etag)) return { status: 304, headers, body: '' }
  return { status: 200, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body }
}

async function entryOf({ openData }: WebContext, subject: BulkSubject, origin: string): Promise<unknown> {
  const { mark: _mark, ...stated } = subject
  return { ...stated, files: await Promise.all(formatsOf(subject).map((format) => fileEntry(format))) }

  async function fileEntry(format: BulkFormat) {
    const kept = await openData.kept(subject, format)
    return {
      format: format.format,
      mediaType: format.mediaType,
      address: `${origin}${bulkAddress(subject.key, format)}`,
      etag: `"${openData.tagOf(subject, format)}"`,
      bytes: kept?.bytes ?? null,
      snapshotHash: kept?.snapshotHash ?? null,
      ...(format.extension === 'xml'
        ? { leftOut: kept?.leftOut ?? null, leftOutList: `${origin}${leftOutAddress(subject.key)}` }
        : {}),
    }
  }
}

/** Tags are compared weakly, as the standard says for If-None-Match. */
function hasAlready(request: HttpRequest, etag: string): boolean {
  const known = request.header('if-none-match')
  if (known === undefined) return false
  return known.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

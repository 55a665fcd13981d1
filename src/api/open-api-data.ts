/**
 * Open data in the OpenAPI description: the addresses beside `/api` that give whole collections and snapshots to everybody. What they
 * answer is in `src/web/pages/data/bulk-routes.ts`; a test holds both together.
 */
import { ALL, type BulkFormat, formatsOf } from '../jobs/exports/bulk-files.ts'

type Json = Record<string, unknown>

export const DATA_TAG = { name: 'data', description: 'Whole collections and snapshots as files, for everybody.' }

const FORMATS = formatsOf({ organisations: 1 })
const FILE: Json = { type: 'string', format: 'binary' }
const HASH: Json = { type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' }

export function dataPaths(): Record<string, Json> {
  return {
    '/data.json': { get: catalogue() },
    '/data/{collection}.{format}': { get: collectionFile() },
    '/data/left-out/{collection}.json': { get: leftOutList() },
    '/data/snapshots/{id}.zip': { get: snapshotFile() },
  }
}

const SHARED = { tags: [DATA_TAG.name], 'x-permission': ['registry.initiative.read'], security: [{}] }
const COLLECTION = {
  name: 'collection',
  in: 'path',
  required: true,
  description: `Key of a collection, or ${ALL} for all own collections together.`,
  schema: { type: 'string' },
}
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The tag of what the caller has.',
  schema: { type: 'string' },
}

function catalogue(): Json {
  return {
    ...SHARED,
    operationId: 'data.list-files',
    summary: 'Every collection with its files, tags and hashes, and the snapshots',
    parameters: [IF_NONE_MATCH],
    responses: answers(headersOf('ETag'), { 'application/json': { schema: CATALOGUE } }, '304'),
  }
}

function collectionFile(): Json {
  return {
    ...SHARED,
    operationId: 'data.get-collection-file',
    summary: 'A whole collection as a file',
    description: `Formats: ${FORMATS.map(({ extension, format }) => `${extension} (${format})`).join(', ')}. A file is made when it is first asked for after a change; its tag changes with the data. Names are English, codes stand beside them.`,
    parameters: [
      COLLECTION,
      { name: 'format', in: 'path', required: true, schema: { type: 'string', enum: FORMATS.map(({ extension }) => extension) } },
      IF_NONE_MATCH,
    ],
    responses: answers(
      headersOf('ETag', 'Last-Modified', 'X-Snapshot-Hash', 'X-Left-Out', 'Content-Disposition'),
      contentOf(FORMATS),
      '304',
      '404',
    ),
  }
}

function leftOutList(): Json {
  const initiative = {
    type: 'object',
    required: ['activity', 'code'],
    properties: { activity: { type: ['string', 'null'] }, code: { type: 'string', description: 'Code of the problem.' } },
    additionalProperties: { type: ['string', 'number'] },
  }
  const schema = {
    type: 'object',
    required: ['collection', 'leftOut', 'initiatives'],
    properties: {
      collection: { type: 'string' },
      leftOut: { type: 'integer' },
      initiatives: { type: 'array', items: initiative },
    },
  }
  return {
    ...SHARED,
    operationId: 'data.list-left-out',
    summary: 'The initiatives that IATI 2.03 cannot hold, each with what it lacks',
    parameters: [COLLECTION],
    responses: answers({}, { 'application/json': { schema } }, '404'),
  }
}

function snapshotFile(): Json {
  return {
    ...SHARED,
    operationId: 'data.get-snapshot-file',
    summary: 'The data package of a snapshot, which never changes',
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9A-Z]{26}$' } },
      IF_NONE_MATCH,
    ],
    responses: answers(
      headersOf('ETag', 'Last-Modified', 'X-Snapshot-Hash', 'Content-Disposition'),
      { 'application/zip': { schema: FILE } },
      '304',
      '404',
    ),
  }
}

const CATALOGUE: Json = {
  type: 'object',
  required: ['title', 'collections', 'snapshots'],
  properties: {
    title: { type: 'string' },
    collections: {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'listings', 'initiatives', 'changedAt', 'files'],
        properties: {
          key: { type: 'string' },
          listings: { type: 'integer', description: 'Rows of its sources: the counting unit.' },
          initiatives: { type: 'integer' },
          changedAt: { type: ['string', 'null'], format: 'date-time' },
          files: {
            type: 'array',
            items: {
              type: 'object',
              required: ['format', 'mediaType', 'address', 'etag'],
              properties: {
                format: { type: 'string' },
                mediaType: { type: 'string' },
                address: { type: 'string', format: 'uri' },
                etag: { type: 'string' },
                bytes: { type: ['integer', 'null'], description: 'null until the file is made.' },
                snapshotHash: HASH,
              },
            },
          },
        },
      },
    },
    snapshots: { type: 'array', items: { type: 'object' } },
  },
}

/** One media type may stand for several formats. */
function contentOf(formats: readonly BulkFormat[]): Json {
  return Object.fromEntries(
    formats.map(({ extension, mediaType }) => [
      mediaType,
      { schema: extension === 'json' ? { type: 'array', items: { type: 'object' } } : FILE },
    ]),
  )
}

const HEADER_TEXTS: Readonly<Record<string, string>> = {
  ETag: 'Names this state of the data in this format.',
  'Last-Modified': 'When a published initiative of the collection last changed.',
  'X-Snapshot-Hash': 'SHA-256 of the rows: equal in every format and on every installation that has the same rows.',
  'X-Left-Out': 'With IATI: how many initiatives the standard cannot hold.',
  'Content-Disposition': 'Name of the file.',
}

function headersOf(...names: string[]): Json {
  return Object.fromEntries(names.map((name) => [name, { description: HEADER_TEXTS[name], schema: { type: 'string' } }]))
}

function answers(headers: Json, content: Json, ...further: ('304' | '404')[]): Json {
  return {
    200: { description: 'Done.', headers, content },
    ...(further.includes('304') ? { 304: { description: 'The caller has just this state (`If-None-Match`).' } } : {}),
    ...(further.includes('404') ? { 404: { $ref: '#/components/responses/404' } } : {}),
    429: { $ref: '#/components/responses/429' },
    default: { $ref: '#/components/responses/default' },
  }
}

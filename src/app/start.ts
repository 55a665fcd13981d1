/** `sursur start`: opens the app, serves the site and the API, does the nightly work, and ends cleanly. */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { apiError } from '../api/api-error.ts'
import { openApiDocument } from '../api/open-api.ts'
import { apiRoutes } from '../api/routes.ts'
import { formToken, sameFormToken } from '../credentials/index.ts'
import type { AccountDesk } from '../jobs/accounts/account-desk.ts'
import { createBulkFiles } from '../jobs/exports/bulk-files.ts'
import { createScheduledImports } from '../jobs/imports/addresses/scheduled-imports.ts'
import { importFile } from '../jobs/imports/import-file.ts'
import { createImportJobs, type ImportJobs } from '../jobs/imports/import-jobs.ts'
import { createPartialFiles, type PartialFiles, type PartialFilesDesk } from '../jobs/imports/partial/partial-files.ts'
import { createNotifier } from '../jobs/notifications/notifier.ts'
import { createReleaseDesk } from '../jobs/releases/release-desk.ts'
import { isUntouched, loadSampleData } from '../jobs/sample-data/load-sample-data.ts'
import { systemClock } from '../kernel/clock.ts'
import type { HttpRequest } from '../kernel/http.ts'
import { PACKAGE_ROOT } from '../kernel/package-root.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'
import { createRateLimits } from '../kernel/rate-limits.ts'
import { createKeyQuotas, permits } from '../modules/access/index.ts'
import { runLinkSearches, warmListingsQuery } from '../modules/registry/index.ts'
import { PROGRAM } from '../operations/index.ts'
import { apiPages } from '../web/pages/api/routes.tsx'
import { webRoutes } from '../web/routes.ts'
import { errorPage, pageRoute, type WebContext } from '../web/site.tsx'
import { createActorOfKey } from './actor-of-key.ts'
import { fetchSettings } from './fetch-settings.ts'
import { faultLine } from './http/fault-line.ts'
import type { HttpServerOptions } from './http/options.ts'
import { createRefusalLog } from './http/refusal-log.ts'
import { createHttpServer } from './http-server.ts'
import { loadInstanceKey, requireInstanceKey } from './instance-key.ts'
import { instanceLogoRoute } from './instance-logo.ts'
import { joinAccounts } from './join-accounts.ts'
import { readTls, requireSafeListening } from './listening.ts'
import { startNightlyWork } from './nightly-work.ts'
import { type App, openApp } from './open-app.ts'
import { PUBLIC_OPERATIONS } from './public-operations.ts'
import { startRegularWork } from './regular-work.ts'
import { loadReleaseSigner } from './release-key.ts'
import type { Settings } from './settings.ts'
import { createVisitorOf } from './visitor-of.ts'

defineProblems('app', {
  'data-folder-missing': { kind: 'missing', params: ['folder'] },
  'port-not-free': { kind: 'conflict', params: ['host', 'port', 'reason'] },
})

export interface RunningServer {
  readonly address: string
  /** Where the first account is made, once and for a day; absent when there is one. */
  readonly setup: string | undefined
  close(): Promise<void>
}

export const PROGRAM_VERSION: string = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version

export async function startServer(
  settings: Settings,
  options: { jobs: boolean; say(line: string): void },
): Promise<RunningServer> {
  const app = await openApp(settings)
  try {
    await requireInstanceKey(app.admin, settings)
    const door = openDoor(app)
    const accountsExist = await door.accounts.accountsExist()
    requireSafeListening(settings, { accountsExist })
    if (!settings.emptyStart && app.database.owner) await loadSamplesOnFirstStart(app, options.say)
    const server = await createHttpServer(siteOptions(app, door, options.say))
    await listen(server, settings)
    // In the background: the first visitor should find the listings in memory.
    void app.operations
      .run(warmListingsQuery, {}, PROGRAM)
      .catch(() => options.say('The listings could not be read ahead; the first request reads them.'))
    const works = options.jobs ? [startNightlyWork(app, options.say), startRegularWork(regularTasks(app, door), options.say)] : []
    const address = addressOf(server, settings)
    const setupPath = await door.accounts.setupLink()
    return {
      address,
      setup: setupPath === undefined ? undefined : `${settings.publicUrl ?? address}${setupPath}`,
      async close() {
        for (const work of works) work.stop()
        await server.close()
        await app.close()
      },
    }
  } catch (error) {
    await app.close()
    throw error
  }
}

/** The system's reasons why an address cannot be opened: taken, not one of this machine, or a port for which rights are lacking. */
const NOT_FREE = ['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES']

async function listen(server: FastifyInstance, { host, port }: Settings): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? ''
    if (!NOT_FREE.includes(reason)) throw cause
    throw new Problem('app.port-not-free', { host, port: String(port), reason }, { cause })
  }
}

/** A folder that never held a collection gets the samples; one from which they were removed stays as it is. */
async function loadSamplesOnFirstStart(app: App, say: (line: string) => void): Promise<void> {
  if (!(await isUntouched(app.operations, PROGRAM))) return
  const loaded = await loadSampleData(app.operations, PROGRAM)
  say(`Sample data loaded: ${loaded.map(({ portfolio, created }) => `${portfolio} ${created}`).join(', ')}.`)
}

const IMPORTS = 'registry.import.run'

/** As many as one form takes whole. */
const FILES_OF_A_FORM = 5

/** Where people become known, and the key that seals what proves it. */
export interface Door {
  readonly accounts: AccountDesk
  readonly instanceKey: Buffer
  /** Files that are arriving in parts. */
  readonly partialFiles: PartialFilesDesk
  /** Imports that run beside the pages. */
  readonly imports: ImportJobs
}

export function openDoor(app: App): Door {
  const instanceKey = loadInstanceKey(app.settings)
  const partialFiles = createPartialFiles(join(app.settings.dataFolder, 'uploads', 'unfinished'), {
    mostBytes: FILES_OF_A_FORM * app.settings.uploadLimitBytes,
  })
  const imports = createImportJobs(app.operations, join(app.settings.dataFolder, 'files'))
  return { accounts: joinAccounts(app, instanceKey), instanceKey, partialFiles, imports }
}

function regularTasks(
  { operations, settings }: App,
  { accounts, partialFiles, imports }: Door,
): Parameters<typeof startRegularWork>[0] {
  const notifier = createNotifier({ operations, clock: systemClock })
  const scheduled = createScheduledImports({
    operations,
    fetching: fetchSettings(settings),
    importFile: (request, actor) => importFile(operations, actor, request),
  })
  const stopped = new AbortController()
  return [
    { what: 'notifications', everySeconds: 30, run: () => notifier.look() },
    { what: 'sending mail', everySeconds: 10, run: () => accounts.sendWaiting() },
    { what: 'tidying sessions and links', everySeconds: 3_600, run: () => accounts.tidy() },
    { what: 'importing from addresses', everySeconds: 60, run: () => scheduled.look(), stop: () => scheduled.stop() },
    { what: 'removing unfinished uploads', everySeconds: 3_600, run: () => partialFiles.tidy() },
    { what: 'going on with imports that were left', everySeconds: 5, run: () => imports.lookAfterLeftRuns() },
    {
      what: 'looking for reports of one initiative',
      everySeconds: 5,
      run: () => runLinkSearches(operations, { signal: stopped.signal }),
      stop: () => stopped.abort(),
    },
  ]
}

/** The site and the API, as the web server is told of them. */
export function siteOptions(
  app: App,
  { accounts, instanceKey, partialFiles, imports }: Door,
  say: (line: string) => void,
): HttpServerOptions {
  const { settings } = app
  const logo =
    settings.instanceLogo === undefined || !existsSync(settings.instanceLogo)
      ? undefined
      : instanceLogoRoute(settings.instanceLogo)
  const quotas = createKeyQuotas(systemClock)
  const refusals = createRefusalLog(say)
  const limits = createRateLimits(() => performance.now())
  const visitorOf = createVisitorOf({
    accountsExist: accounts.accountsExist,
    actorOfSession: accounts.actorOf,
    actorOfKey: createActorOfKey(app.operations, quotas),
    formTokenOf: (sessionId) => formToken(sessionId, instanceKey),
    limits,
  })
  const context: WebContext = {
    operations: app.operations,
    accounts,
    openIdName: settings.openIdConnect?.name,
    visitorOf,
    noteRefusal: refusals.note,
    isFormTokenOf: ({ actor }, given) => actor.sessionId !== undefined && sameFormToken(given, actor.sessionId, instanceKey),
    imports,
    partialFiles,
    releases: createReleaseDesk(app.operations, settings.instanceName, loadReleaseSigner(settings)),
    openData: createBulkFiles(app.operations, join(settings.dataFolder, 'open-data')),
    instance: {
      name: settings.instanceName,
      owner: settings.instanceOwner,
      logo: logo?.path,
      version: PROGRAM_VERSION,
      arabicDigits: settings.arabicDigits,
    },
  }
  return {
    host: settings.host,
    publicHost: settings.publicHost,
    startToken: settings.startToken,
    accountsExist: accounts.accountsExist,
    limits,
    tls: readTls(settings.tls),
    trustedProxy: settings.trustedProxy,
    corsOrigins: settings.corsOrigins,
    uploadFolder: join(settings.dataFolder, 'uploads'),
    uploadLimitBytes: settings.uploadLimitBytes,
    resumable: { admit: (request) => admitUploads(context, request) },
    routes: [
      ...(logo ? [logo] : []),
      ...webRoutes(context),
      ...apiPages(openApiDocument(PUBLIC_OPERATIONS, PROGRAM_VERSION)).map((page) => pageRoute(context, page)),
      ...apiRoutes({
        operations: app.operations,
        actorOf: async (request) => (await visitorOf(request)).actor,
        quotaOf: (keyId) => quotas.find(keyId),
        version: PROGRAM_VERSION,
        publicOperations: PUBLIC_OPERATIONS,
      }),
    ],
    answerError(error: unknown, request: HttpRequest) {
      refusals.note(error)
      const reference = error instanceof Problem ? '' : (request.id ?? randomUUID()).slice(0, 8)
      if (reference) say(faultLine(error, request, reference))
      return isForPrograms(request) ? apiError(error, request, reference) : errorPage(context, error, request, reference)
    },
  }
}

/** The API, and the files of open data unless a person follows a link to them. */
function isForPrograms({ path, header }: HttpRequest): boolean {
  if (path.startsWith('/api/')) return true
  return (path === '/data.json' || path.startsWith('/data/')) && !(header('accept') ?? '').includes('text/html')
}

/** As the page of the imports, whose script sends the token of its form in a header. */
async function admitUploads(context: WebContext, request: HttpRequest): Promise<PartialFiles> {
  const visitor = await context.visitorOf(request)
  if (!permits(visitor.actor, IMPORTS)) throw new Problem('operations.permission-lacking', { permission: IMPORTS })
  // A key is no cookie: no other site's page sends it unasked.
  const isOurs = visitor.formToken === undefined || context.isFormTokenOf(visitor, request.header('x-form-token') ?? '')
  if (!isOurs) throw new Problem('site.form-not-ours')
  return context.partialFiles.of(visitor.actor)
}

function addressOf(server: FastifyInstance, { tls }: Settings): string {
  const bound = server.server.address()
  if (bound === null || typeof bound === 'string') return String(bound)
  const scheme = tls === undefined ? 'http' : 'https'
  return `${scheme}://${bound.address === '127.0.0.1' || bound.address === '::1' ? 'localhost' : bound.address}:${bound.port}`
}

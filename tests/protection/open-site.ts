/** The whole site and its API in this process, as a start makes it, with nothing in it; requests go in without a port. */
import type { FastifyInstance } from 'fastify'
import { createHttpServer, type HttpServerOptions } from '../../src/app/http-server.ts'
import { type App, openApp } from '../../src/app/open-app.ts'
import { readSettings } from '../../src/app/settings.ts'
import { openDoor, siteOptions } from '../../src/app/start.ts'
import { newEmptyPlace, newFolder, removeFolder } from '../robustness/places.ts'

export interface OpenSite {
  readonly app: App
  readonly server: FastifyInstance
  readonly routes: HttpServerOptions['routes']
  /** What the program wrote to its log. */
  readonly said: readonly string[]
  close(): Promise<void>
}

export const HOST = 'localhost:8080'

/** What a browser sends with a form of our own page. */
export const FROM_OUR_PAGE = { host: HOST, origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' }

/** `environment`: settings in place of the usual ones. */
export async function openSite(environment: NodeJS.ProcessEnv = {}): Promise<OpenSite> {
  const place = await newEmptyPlace()
  const folder = newFolder('site')
  const location = 'url' in place.location ? { databaseUrl: place.location.url, dataFolder: folder } : place.location
  const app = await openApp(readSettings(location, environment))
  const said: string[] = []
  const options = siteOptions(app, openDoor(app), (line) => void said.push(line))
  // Thousands of requests in a minute are what the limits are there to stop.
  const server = await createHttpServer({ ...options, limits: { take: () => {} } })
  return {
    app,
    server,
    routes: options.routes,
    said,
    async close() {
      await server.close()
      await app.close()
      await place.remove()
      removeFolder(folder)
    },
  }
}

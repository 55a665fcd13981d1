/** How files are fetched from addresses, for the server and for the command line. */
import { join } from 'node:path'
import type { FetchSettings } from '../jobs/imports/addresses/fetch-published-file.ts'
import type { Settings } from './settings.ts'

export function fetchSettings(settings: Pick<Settings, 'dataFolder' | 'uploadLimitBytes' | 'outboundAllow'>): FetchSettings {
  return {
    folder: join(settings.dataFolder, 'uploads', 'fetched'),
    sizeLimitBytes: settings.uploadLimitBytes,
    allowedHosts: settings.outboundAllow,
  }
}

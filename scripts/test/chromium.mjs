/** The browser of the journeys: the one in SURSUR_CHROMIUM, or Debian's, installed when absent. */
import { existsSync } from 'node:fs'
import { installDebianPackage } from './debian-packages.mjs'

const KNOWN_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** `{ path }`, or `{ missing }` with the sentence that says why there is no browser. */
export async function findChromium() {
  const named = process.env.SURSUR_CHROMIUM
  if (named) return existsSync(named) ? { path: named } : { missing: `SURSUR_CHROMIUM names ${named}, which does not exist.` }
  const present = KNOWN_PLACES.find((path) => existsSync(path))
  if (present) return { path: present }
  const missing = installDebianPackage('chromium')
  return missing ? { missing } : { path: KNOWN_PLACES[0] }
}

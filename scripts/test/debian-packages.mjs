/** Installs a Debian package for the tests when this machine and this user allow it. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

let listsAreFresh = false

/** Undefined when the package is there afterwards; otherwise the sentence that says why not. */
export function installDebianPackage(name) {
  if (!existsSync('/etc/debian_version')) return `${name} is not installed and this is not Debian; install it by hand.`
  if (process.getuid?.() !== 0) return `${name} is not installed; run as root: apt-get install ${name}`
  console.log(`Installing ${name} for the tests ...`)
  if (!listsAreFresh) {
    apt(['update'])
    listsAreFresh = true
  }
  const { status, stderr } = apt(['install', '--yes', '--no-install-recommends', name])
  if (status === 0) return undefined
  return `${name} could not be installed: ${(stderr ?? '').trim().split('\n').at(-1)}`
}

function apt(args) {
  return spawnSync('apt-get', ['-qq', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

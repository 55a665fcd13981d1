/** Where the engine's unix socket lies: in the data folder, or in a short temporary folder when that path is too long. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The driver asks for `.s.PGSQL.<port>` in the folder that it is given as host. */
export const SOCKET_PORT = 5432
export const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`

/** The kernel's limit for the path of a unix socket (sun_path is 108 bytes with its closing zero). */
const LONGEST_SOCKET_PATH = 107

export function chooseSocketFolder(dataFolder: string): string {
  if (Buffer.byteLength(join(dataFolder, SOCKET_NAME)) <= LONGEST_SOCKET_PATH) return dataFolder
  const folder = mkdtempSync(join(tmpdir(), 'sursur-'))
  chmodSync(folder, 0o700)
  return folder
}

export function removeSocket(socketFolder: string, dataFolder: string): void {
  rmSync(join(socketFolder, SOCKET_NAME), { force: true })
  if (socketFolder !== dataFolder) rmSync(socketFolder, { recursive: true, force: true })
}

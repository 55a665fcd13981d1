/**
 * A tar.gz that is the same byte for byte whenever the same files go in: sorted by name, one time for all, owner 0, and a mode that
 * says only whether the file can be run. The format is ustar, which every tar reads.
 */
import { gzipSync } from 'node:zlib'

const BLOCK_BYTES = 512
/** Limits of ustar: the name, and the folders before it. */
const NAME_BYTES = 100
const PREFIX_BYTES = 155

export interface ArchiveFile {
  /** With forward slashes. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly executable?: boolean
}

interface Entry {
  readonly path: string
  readonly size: number
  readonly mode: number
  /** `0` a file, `5` a folder. */
  readonly type: '0' | '5'
  readonly seconds: number
}

/** `seconds` since 1970 is the time of change of every entry. */
export function writeTarGz(files: readonly ArchiveFile[], seconds: number): Buffer {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  const blocks: Uint8Array[] = foldersOf(sorted).map((path) => header({ path, size: 0, mode: 0o755, type: '5', seconds }))
  for (const { path, bytes, executable = false } of sorted) {
    blocks.push(header({ path, size: bytes.length, mode: executable ? 0o755 : 0o644, type: '0', seconds }), bytes)
    blocks.push(Buffer.alloc(-bytes.length & (BLOCK_BYTES - 1)))
  }
  // Two empty blocks end the archive. Level 9 would save half a per cent and take twice as long.
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]), { level: 6 })
}

/** Every folder above the files, parents first, so that each gets its mode and time too. */
function foldersOf(files: readonly ArchiveFile[]): string[] {
  const folders = new Set<string>()
  for (const { path } of files) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.add(path.slice(0, at + 1))
  }
  return [...folders].sort()
}

function header({ path, size, mode, type, seconds }: Entry): Buffer {
  const { prefix, name } = splitPath(path)
  const block = Buffer.alloc(BLOCK_BYTES)
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  block.write(name, 0, 'utf8')
  octal(mode, 100, 7)
  octal(0, 108, 7) // owner
  octal(0, 116, 7) // group
  octal(size, 124, 11)
  octal(seconds, 136, 11)
  block.write(' '.repeat(8), 148, 'latin1') // the sum is computed with blanks in its own place
  block.write(type, 156, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  block.write(prefix, 345, 'utf8')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

function splitPath(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= NAME_BYTES) return { prefix: '', name: path }
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)]
    if (Buffer.byteLength(prefix) <= PREFIX_BYTES && Buffer.byteLength(name) <= NAME_BYTES && name !== '') return { prefix, name }
  }
  throw new Error(`The path is too long for a tar archive: ${path}`)
}

/**
 * Runs a program where the network is cut: in a network namespace of its own that has loopback and nothing else. Every other address
 * of the world leads back to loopback too, where nobody answers, so that an attempt to go out ends at once and the kernel counts it.
 * Making a namespace needs root, or a system that lets users make their own.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const RECORDER = fileURLToPath(new URL('./outgoing-recorder.mjs', import.meta.url))
const CUT = ['unshare', '--net', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
const PREPARE = 'ip link set lo up && ip route add local default dev lo && exec "$@"'

export interface CutRun {
  readonly code: number
  readonly out: string
  readonly said: string
  /** Hosts other than this machine that the program asked for, as `connect HOST`, `dns NAME` or `datagram HOST`. */
  readonly attempts: readonly string[]
}

/** A sentence when this system does not let us cut the network, otherwise undefined. */
export function whyNotCut(): string | undefined {
  const { status } = spawnSync(CUT[0] ?? '', [...CUT.slice(1), 'sh', '-c', PREPARE, 'sh', 'true'], { stdio: 'ignore' })
  return status === 0 ? undefined : 'a network namespace cannot be made here (it needs root, unshare and ip)'
}

/** `cut: false` runs it with the network as it is; what it asks for is recorded all the same. */
export async function runCut(words: readonly string[], { cut = true }: { cut?: boolean } = {}): Promise<CutRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-cut-'))
  const file = join(folder, 'outgoing')
  const [command = '', ...rest] = cut ? [...CUT, 'sh', '-c', PREPARE, 'sh', ...words] : words
  const child = spawn(command, rest, {
    env: {
      ...process.env,
      DATABASE_URL: '',
      SURSUR_EMPTY: 'no',
      SURSUR_TEST_OUTGOING: file,
      NODE_OPTIONS: `--import=${RECORDER}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, said, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number>((resolve) => child.once('close', (ended) => resolve(ended ?? 1))),
  ])
  const attempts = linesOf(file)
  rmSync(folder, { recursive: true, force: true })
  return { code, out, said, attempts }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch (error) {
    // The file is made by the first attempt.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

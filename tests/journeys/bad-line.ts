/**
 * A bad line in front of a server: a rate, segments that are lost and come again after a while, connections that are reset, and cuts
 * during which nothing gets through. It counts what the sender sent, also what was lost with a cut.
 */
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface BadLineSettings {
  readonly to: number
  /** In each direction, for all connections together. */
  readonly bytesPerSecond: number
  /** Of 1,000 segments so many come only after a retransmission; one in twenty of those ends its connection. */
  readonly lostOfThousand: number
  /** Bytes of the sender after which everything is cut, each for `cutSeconds`. */
  readonly cutAt: readonly number[]
  readonly cutSeconds: number
}

export interface BadLine {
  readonly port: number
  /** Bytes that the client sent. */
  sent(): number
  counts(): { readonly stalls: number; readonly resets: number; readonly cuts: number }
  /** Cuts and stays cut until it is called with false. */
  cut(isCut: boolean): void
  close(): Promise<void>
}

const SEGMENT = 1_448
/** The usual least time until TCP sends a segment again. */
const RETRANSMISSION_MS = 300

export async function startBadLine(settings: BadLineSettings): Promise<BadLine> {
  const { to, bytesPerSecond, lostOfThousand, cutSeconds } = settings
  const cutAt = [...settings.cutAt].sort((a, b) => a - b)
  const open = new Set<Socket>()
  const counts = { stalls: 0, resets: 0, cuts: 0 }
  const chance = seededChance()
  const turns = { up: Promise.resolve(), down: Promise.resolve() }
  let sent = 0
  let isDown = false

  function cutAll(): void {
    for (const socket of open) socket.resetAndDestroy()
  }

  async function cutFor(seconds: number): Promise<void> {
    counts.cuts += 1
    isDown = true
    cutAll()
    await wait(seconds * 1_000)
    isDown = false
  }

  /** One segment after the other over the line, whichever connection it belongs to. */
  function takeTurn(direction: 'up' | 'down', bytes: number): Promise<void> {
    turns[direction] = turns[direction].then(() => wait((bytes / bytesPerSecond) * 1_000))
    return turns[direction]
  }

  async function carry(from: Socket, into: Socket, direction: 'up' | 'down'): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let start = 0; start < chunk.length; start += SEGMENT) {
        const segment = chunk.subarray(start, start + SEGMENT)
        await takeTurn(direction, segment.length)
        if (chance() * 1_000 < lostOfThousand) {
          counts.stalls += 1
          await wait(RETRANSMISSION_MS)
          if (counts.stalls % 20 === 0) {
            counts.resets += 1
            from.resetAndDestroy()
            into.resetAndDestroy()
            return
          }
        }
        if (direction === 'up') sent += segment.length
        if (from.destroyed || into.destroyed) return
        into.write(segment)
        const [next] = cutAt
        if (next !== undefined && sent >= next) {
          cutAt.shift()
          await cutFor(cutSeconds)
          return
        }
      }
    }
    into.end()
  }

  // A small window, as such a line has: what waits in buffers would count as sent.
  const server = createServer({ highWaterMark: 4_096 }, (client) => {
    if (isDown) return void client.resetAndDestroy()
    const behind = connectTo({ port: to, host: '127.0.0.1' })
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        behind.destroy()
      })
    }
    carry(client, behind, 'up').catch(() => undefined)
    carry(behind, client, 'down').catch(() => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => sent,
    counts: () => ({ ...counts }),
    cut(isCut) {
      isDown = isCut
      if (isCut) cutAll()
    },
    async close() {
      cutAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The same losses in every run. */
function seededChance(): () => number {
  let state = 20_261_125
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

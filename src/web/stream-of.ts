/** The body of a download while it is being written. What fails on the way breaks the stream, so that nobody takes half a file for whole. */
import { PassThrough, type Writable } from 'node:stream'

export function streamOf(write: (out: Writable) => Promise<unknown>): PassThrough {
  const out = new PassThrough()
  write(out).catch((error: unknown) => out.destroy(error as Error))
  return out
}

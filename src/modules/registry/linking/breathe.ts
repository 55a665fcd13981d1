/** Long work in the one thread of the program lets others have their turn. */

/** Waited for between two pieces of work. */
export type Breathe = () => Promise<void>

/** Records between two breaths: some milliseconds of work. */
export const RECORDS_A_BREATH = 500

/** Whoever waits for the program has a turn. */
export const breatheInProgram: Breathe = () => new Promise((resolve) => setImmediate(resolve))

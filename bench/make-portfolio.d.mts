/** Types of `make-portfolio.mjs`, for tests. */
export const HEADER: string
export function randomFrom(seed: number): () => number
export function makeRow(index: number, random: () => number): string
export function makePortfolio(rows: number, file: string, seed?: number): Promise<void>

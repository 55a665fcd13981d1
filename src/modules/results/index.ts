/** The door of results: surveys, their questions and the returns. Everything that other rooms may use. */
export * from './questions/index.ts'

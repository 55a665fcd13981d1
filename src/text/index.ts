/** The door of the room for work with language: likeness of wordings and the numbers in them. Pure, and the same for every language. */
export { type Likeness, likenessOf, type Weight } from './likeness.ts'
export { isPartNumber, longNumbersIn, partNumbersIn } from './numbers-in-text.ts'
export { type Script, scriptOf } from './script-of.ts'
export { trigramsOf } from './trigrams.ts'
export { wordBeginningsOf } from './word-beginnings.ts'

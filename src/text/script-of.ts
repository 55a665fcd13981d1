/** The script in which most letters of a text are written. Texts in different scripts cannot be compared letter by letter. */

export type Script = 'latin' | 'cyrillic' | 'arabic' | 'han' | 'other' | 'none'

const SCRIPTS: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{Script=Latin}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['han', /\p{Script=Han}/gu],
]

/** `none` for a text without letters; `other` for a script that the six languages do not use. */
export function scriptOf(text: string): Script {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return 'none'
  for (const [script, pattern] of SCRIPTS) if ((text.match(pattern)?.length ?? 0) * 2 > letters) return script
  return 'other'
}

/** Names of codes as lists and files show them. A code that no list knows is shown as it is. */
import { codeName, findCode } from '../../codes/index.ts'
import type { Translator } from '../../i18n/translator.ts'

/** Profile under which a label is shown when nobody asks for another one (domain 7.2). */
export const SHOWN_PROFILE = 'un_default'

export function regionName(t: Translator, code: string): string {
  return codeName('region', code, t.lang)
}

/** "Basic education (11220)"; the code alone when the list does not know it. */
export function sectorName(t: Translator, code: string): string {
  return findCode('sector', code) ? t('registry.coded', { code, name: codeName('sector', code, t.lang) }) : code
}

/** "2. Zero hunger", "17.9. Capacity-building". */
export function goalName(t: Translator, code: string): string {
  return findCode('sdg', code) ? t('registry.numbered', { number: code, name: codeName('sdg', code, t.lang) }) : code
}

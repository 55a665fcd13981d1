/** Hands the page's language to every component below it. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Translator } from '../../i18n/translator.ts'

const TranslatorContext = createContext<Translator | undefined>(undefined)

export const TranslatorProvider = TranslatorContext.Provider

export function useTranslator(): Translator {
  const translator = useContext(TranslatorContext)
  if (!translator) throw new Error('A component was rendered outside a page: no translator')
  return translator
}

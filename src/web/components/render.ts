/** From a page to the text that is sent: the one place where Preact becomes a string. */
import { createElement, type VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Translator } from '../../i18n/translator.ts'
import { TranslatorProvider } from './translator-context.ts'

/**
 * The whole page as HTML, ready to send as `text/html; charset=utf-8`.
 * Give the translator here unless the page wraps itself in `TranslatorProvider`.
 */
export function renderDocument(page: VNode, translator?: Translator): string {
  return `<!doctype html>${renderFragment(page, translator)}`
}

/** A piece of a page as HTML, for an e-mail, a panel or a test. */
export function renderFragment(piece: VNode, translator?: Translator): string {
  if (!translator) return renderToString(piece)
  return renderToString(createElement(TranslatorProvider, { value: translator, children: piece }))
}

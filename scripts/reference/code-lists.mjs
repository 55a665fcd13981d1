/** docs/reference/code-lists.md: which lists there are, and every code of the short ones. */
import { loadBuilt } from './built-program.mjs'
import { markdownTable, page } from './markdown.mjs'

/** Longer lists are named with their size only: a page of 400 sectors helps nobody, the screens and the API show them. */
const LONGEST_SHOWN = 60

export async function generateCodeLists() {
  const codes = await loadBuilt('codes/index.js')
  const messages = await loadBuilt('i18n/messages.js')
  if (!codes || !messages) return undefined
  const english = messages.messagesOf('en')
  const shipped = codes.listCodeLists()
  const tables = markdownTable(
    ['list', 'what it is', 'rows', 'version', 'date', 'source', 'licence'],
    shipped.map((entry) => [
      `\`${entry.key}\``,
      english.get(entry.titleKey) ?? '',
      entry.rows,
      entry.version,
      entry.date,
      entry.source,
      entry.licence,
    ]),
  )
  const sections = codes
    .listListKeys()
    .map((key) => ({ key, open: codes.isOpenList(key), rows: codes.listCodes(key) }))
    .map(({ key, open, rows }) =>
      [
        `### ${key}`,
        `${rows.length} codes. A code that the list does not know ${open ? 'is kept, with a warning' : 'is not accepted in a form'}.`,
        ...(rows.length > LONGEST_SHOWN
          ? []
          : [
              markdownTable(
                ['code', 'name'],
                rows.map((row) => [`\`${row.code}\``, `${row.names.en ?? ''}${row.withdrawn ? ' (withdrawn)' : ''}`]),
              ),
            ]),
      ].join('\n\n'),
    )
  const intro = `The codes that Sursur ships, with their English names. Lists of more than ${LONGEST_SHOWN} codes are only counted here.`
  return page('Code lists', intro, [
    '## What is shipped, and where it comes from',
    tables,
    '## The lists by the key that the program uses',
    ...sections,
  ])
}

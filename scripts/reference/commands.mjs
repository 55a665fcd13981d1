/** docs/reference/commands.md: every verb of the command line, from the table that the program itself reads. */
import { loadBuilt } from './built-program.mjs'
import { markdownTable, page } from './markdown.mjs'

const INTRO = `Each line begins with \`npx sursur\`. Results go to standard output, everything said to a person to standard error.

Exit codes: 0 done, 1 a fault of the program, 2 something was not accepted, 3 refused, 4 missing, 5 conflict.`

export async function generateCommands() {
  const program = await loadBuilt('app/main.js')
  const reader = await loadBuilt('cli/run-cli.js')
  if (!program || !reader) return undefined
  const sections = program.ALL_VERBS.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((verb) =>
    [`## ${verb.name}`, `\`sursur ${`${verb.name} ${verb.takes}`.trim()}\``, verb.meaning, ...optionTable(verb.options)].join(
      '\n\n',
    ),
  )
  const common = reader
    .helpLines([])
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return page('Commands', INTRO, [`## Options of every command\n\n\`\`\`\n${common.join('\n')}\n\`\`\``, ...sections])
}

function optionTable(options) {
  if (options.length === 0) return []
  const rows = options.map(({ name, value, meaning }) => [`\`--${name}${value ? ` ${value}` : ''}\``, meaning])
  return [markdownTable(['option', 'what it does'], rows)]
}

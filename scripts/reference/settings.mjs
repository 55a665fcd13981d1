/** docs/reference/settings.md: every setting of an installation, from the one file that reads the environment. */
import { loadBuilt } from './built-program.mjs'
import { markdownTable, page } from './markdown.mjs'

export async function generateSettings() {
  const settings = await loadBuilt('app/settings.js')
  if (!settings) return undefined
  const rows = settings
    .listSettings()
    .map(({ name, type, accepted, unit, secret, default: standard, meaning }) => [
      secret ? `\`${name}\` or \`${name}_FILE\`` : `\`${name}\``,
      accepted ? accepted.map((value) => `\`${value}\``).join(', ') : unit ? `${type}, ${unit}` : type,
      standard === undefined ? '' : `\`${standard}\``,
      meaning,
    ])
  return page(
    'Settings',
    'Set in the environment of the program. Nothing needs to be set to start on a laptop. A value that is not accepted stops the start, and the message says what would be accepted. A secret may lie in a file: NAME_FILE then names the file that holds it.',
    [markdownTable(['name', 'value', 'default', 'what it does'], rows)],
  )
}

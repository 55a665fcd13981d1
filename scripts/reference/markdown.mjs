/** Small pieces of Markdown that the generated pages share. */

export const GENERATED = '<!-- Written by `npm run generate`. Change the program, not this page. -->'

export function markdownTable(headings, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`
  return [line(headings), `|${headings.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

export function page(title, intro, sections) {
  return `${[`# ${title}`, GENERATED, intro, ...sections].join('\n\n')}\n`
}

function cell(value) {
  return String(value ?? '')
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ')
}

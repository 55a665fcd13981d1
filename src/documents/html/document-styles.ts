/** Style sheets of documents, read where they lie: `document.css` for the page and the file, `file.css` for what only the file has. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'

const FOLDER = join(PACKAGE_ROOT, 'src/documents/html')

export function documentStyle(): string {
  return compact(readFileSync(join(FOLDER, 'document.css'), 'utf8'))
}

export function fileStyle(): string {
  return compact(readFileSync(join(FOLDER, 'file.css'), 'utf8'))
}

/** Comments and indentation are for us. */
function compact(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
}

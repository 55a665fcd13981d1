/**
 * The files that pages link to, each under an address that contains the hash of its content: browsers may keep them for
 * ever, and a new version has a new address. The two style sheets are joined into one.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'

export interface SiteAsset {
  /** Path on this server: `/assets/site.3f2a9c01.css`. */
  readonly href: string
  readonly mediaType: string
  readonly body: string
}

/** The sources are read where they lie: they are part of the package beside the compiled program. */
const FOLDER = join(PACKAGE_ROOT, 'src/web/assets')

/** Scripts that a page may ask for by name. */
export type SiteScript = 'upload'

type SiteAssets = Readonly<Record<'stylesheet' | 'icon' | SiteScript, SiteAsset>>

let assets: SiteAssets | undefined

/** Serve each of these with `cache-control: public, max-age=31536000, immutable`. Throws when the package lacks a file. */
export function siteAssets(): SiteAssets {
  assets ??= {
    stylesheet: asset('site', 'css', 'text/css; charset=utf-8', withoutComments(read('site.css') + read('print.css'))),
    upload: asset('upload', 'js', 'text/javascript; charset=utf-8', withoutLineComments(read('upload.js'))),
    icon: asset('icon', 'svg', 'image/svg+xml', read('icon.svg')),
  }
  return assets
}

function read(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8')
}

function asset(name: string, extension: string, mediaType: string, body: string): SiteAsset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 8)
  return { href: `/assets/${name}.${hash}.${extension}`, mediaType, body }
}

/** Comments and indentation are for us, not for the reader's line. */
function withoutComments(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
}

/** Of lines that hold nothing else, and indentation. */
function withoutLineComments(script: string): string {
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//') && !(line.startsWith('/**') && line.endsWith('*/')))
    .join('\n')
}

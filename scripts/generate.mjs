/**
 * `npm run generate`: writes docs/reference from the built program.
 *
 *   node scripts/generate.mjs           writes the pages
 *   node scripts/generate.mjs --check   writes nothing; names the stale pages and ends with exit code 1 when there are any
 */
import { listStaleReferences, writeReferences } from './reference/list-references.mjs'

if (process.argv.includes('--check')) {
  const stale = await listStaleReferences()
  for (const page of stale) console.log(`${page} is not what the program says today.`)
  if (stale.length > 0) console.log('Run: npm run generate')
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  const changed = await writeReferences()
  console.log(changed.length === 0 ? 'Every generated page was fresh.' : `Written: ${changed.join(', ')}`)
}

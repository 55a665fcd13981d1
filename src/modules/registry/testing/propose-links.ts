/** For tests: asks for a search, does what waits as a server would, and tells what this one found. */
import { sql } from '../../../database/db.ts'
import { getLinkSearch, proposeLinks, runLinkSearches } from '../index.ts'
import type { RegistryDesk } from './registry-desk.ts'

/** What imports asked for is left out, so that only this search counts. */
export async function lookForLinks(desk: RegistryDesk, input: { collection?: string } = {}) {
  await desk.database.run(sql`delete from link_searches where state = 'waiting'`)
  const { id } = await desk.run(proposeLinks, input)
  await runLinkSearches(desk)
  const search = await desk.run(getLinkSearch, { id })
  if (search?.state !== 'done') throw new Error(`The search ended as ${JSON.stringify(search)}`)
  const { records, likely, created, changed, removed } = search
  return { records, likely, created, changed, removed }
}

/** `sursur sample load` and `sursur sample remove`. */
import { type MessageParams, translatorFor } from '../../i18n/translator.ts'
import { loadSampleData, removeSampleData } from '../../jobs/sample-data/load-sample-data.ts'
import { LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import type { CliCall, CliVerb } from '../command.ts'
import { withProgram } from '../with-program.ts'

export const sampleVerbs: readonly CliVerb[] = [
  {
    name: 'sample load',
    takes: '',
    meaning: 'Loads the shipped sample collections: two published lists and the initiatives named in the 2015 report.',
    options: [],
    run: (call) =>
      withProgram(call, async ({ operations }) =>
        report(
          call,
          'cli.sample-loaded',
          (await loadSampleData(operations, LOCAL_ADMINISTRATOR)).map((loaded) => ({ ...loaded })),
        ),
      ),
  },
  {
    name: 'sample remove',
    takes: '',
    meaning: 'Removes the sample collections with everything in them; your own data stay.',
    options: [],
    run: (call) =>
      withProgram(call, async ({ operations }) =>
        report(call, 'cli.sample-removed', await removeSampleData(operations, LOCAL_ADMINISTRATOR)),
      ),
  },
]

function report(call: CliCall, key: string, collections: readonly MessageParams[]): number {
  const t = translatorFor(call.lang)
  if (call.json) call.print(JSON.stringify({ collections }))
  else for (const collection of collections) call.say(t(key, collection))
  return 0
}

/** `sursur links propose`: looks for records that may report one initiative, and says what came of it. Nothing is linked. */
import { setTimeout as wait } from 'node:timers/promises'
import { problemText } from '../../i18n/problem-text.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { Problem } from '../../kernel/problems.ts'
import { getLinkSearch, type LinkSearch, proposeLinks, runLinkSearches } from '../../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import type { CliCall, CliVerb } from '../command.ts'
import { withProgram } from '../with-program.ts'

/** Another process may be at it. */
const ASKED_AGAIN_MS = 1_000

export const linkVerbs: readonly CliVerb[] = [
  {
    name: 'links propose',
    takes: '',
    meaning:
      'Compares the records of all portfolios and proposes pairs that may be reports of one initiative, for a person to decide on the page "Reports of one initiative". Nothing is linked. After an import this happens by itself.',
    options: [{ name: 'portfolio', value: 'NAME', meaning: 'Only pairs with a record of this portfolio.' }],
    run: (call) =>
      withProgram(call, async ({ operations }) => {
        const portfolio = call.option('portfolio')
        const asked = portfolio === undefined ? {} : { collection: portfolio }
        const { id } = await operations.run(proposeLinks, asked, LOCAL_ADMINISTRATOR)
        const search = await searchOnceEnded(operations, id)
        if (search.failure) throw new Problem(search.failure.code, search.failure.params)
        if (call.json) call.print(JSON.stringify(search))
        else saySearch(call, search)
        return 0
      }),
  },
]

async function searchOnceEnded(operations: Operations, id: string): Promise<LinkSearch> {
  for (;;) {
    await runLinkSearches(operations)
    const search = await operations.run(getLinkSearch, { id }, LOCAL_ADMINISTRATOR)
    // A search of everything that somebody asked for meanwhile has taken its place.
    const newest = search ?? (await operations.run(getLinkSearch, {}, LOCAL_ADMINISTRATOR))
    if (newest?.endedAt) return newest
    await wait(ASKED_AGAIN_MS)
  }
}

/** What an import asked for is done before the command ends, where no server does it; the import itself stands in any case. */
export async function lookForLinksAfterImport(call: CliCall, operations: Operations): Promise<void> {
  try {
    await runLinkSearches(operations, { onEnd: (search) => saySearch(call, search) })
  } catch {
    call.say(translatorFor(call.lang)('linking.problem.search-failed'))
  }
}

function saySearch(call: CliCall, { records, likely, created, changed, removed, failure }: LinkSearch): void {
  const t = translatorFor(call.lang)
  if (failure) call.say(problemText(t, failure))
  else {
    const counts = Object.entries({ records, likely, created, changed, removed })
    call.say(t('linking.search.done', Object.fromEntries(counts.map(([name, count]) => [name, t.number(count)]))))
  }
}

/** Words that the pages of releases share. */
import { problemText } from '../../../i18n/problem-text.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { nameOfField } from '../../../jobs/releases/describe-release.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Release, ReleaseState } from '../../../modules/registry/index.ts'
import type { FormError, StatePillProps } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'

export { nameOfField }

const TONES: Readonly<Record<ReleaseState, NonNullable<StatePillProps['tone']>>> = {
  drafted: 'open',
  confirmed: 'waiting',
  written: 'done',
  abandoned: 'closed',
}

export function statePill(t: Translator, state: ReleaseState): StatePillProps {
  return { state, label: t(`releases.state.${state}`), tone: TONES[state] }
}

export function releaseTrail({ t, at }: PageRequest, release?: Pick<Release, 'id' | 'addressee'>) {
  return [
    { label: t('releases.title'), href: at('/releases') },
    ...(release ? [{ label: release.addressee, href: at(`/releases/${release.id}`) }] : []),
  ]
}

/** Does what a form asks for; what is not accepted is said on the page from which it came. */
export async function orAgain(
  work: () => Promise<string>,
  again: (errors: readonly FormError[], status: number) => Promise<PageContent>,
  t: Translator,
): Promise<PageContent | HttpResponse> {
  try {
    return seeOther(await work())
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'missing') throw error
    const told = error.details.length > 0 ? error.details : [error]
    const status = { invalid: 422, refused: 403, conflict: 409 }[error.kind]
    return again(
      told.map((one) => ({
        message: problemText(t, one),
        ...(one.place?.field === undefined ? {} : { field: one.place.field }),
      })),
      status,
    )
  }
}

export function versionIn(form: URLSearchParams): number {
  return Number(form.get('version') ?? 0)
}

/**
 * Names of areas inside problems of a run in the language of the reader. A run is read once and its problems are stored with the
 * names of the language it was read in; their codes stand beside the names and give them back in any language.
 */
import { areaName, findArea, resolveAreaName } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import type { ProblemParams } from '../../../kernel/problems.ts'

interface Sayable {
  readonly code: string
  readonly params: ProblemParams
}

const WITH_AREAS: ReadonlySet<string> = new Set(['tables.name-unknown', 'tables.ambiguous-country', 'tables.name-caution'])

export function inLanguage<Problem extends Sayable>(t: Translator, problem: Problem): Problem {
  if (!WITH_AREAS.has(problem.code)) return problem
  const { candidates, suggestions, area } = problem.params
  return {
    ...problem,
    params: {
      ...problem.params,
      ...(candidates === undefined ? {} : { candidates: areasIn(t, String(candidates)) }),
      ...(suggestions === undefined ? {} : { suggestions: areasIn(t, String(suggestions)) }),
      ...(area === undefined ? {} : { area: areaIn(t, String(area)) }),
    },
  }
}

/** "Niger (NER), Nigeria (NGA)": the codes decide. A text without codes stays as it is. */
function areasIn(t: Translator, text: string): string {
  const codes = [...text.matchAll(/\(([A-Z]{3})\)/g)].flatMap(([, code]) => (code !== undefined && findArea(code) ? [code] : []))
  return codes.length === 0 ? text : t.list(codes.map((code) => `${areaName(code, t.lang)} (${code})`))
}

function areaIn(t: Translator, name: string): string {
  const answer = resolveAreaName(name)
  return answer.status === 'found' ? areaName(answer.iso3, t.lang) : name
}

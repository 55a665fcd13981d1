/**
 * Which texts does the code ask for? Read from the source: `t('registry.title')` names a key, and a template such as
 * `registry.role.${role}` names a family of keys.
 */
import { placeholdersOf } from './compare-languages.ts'
import type { LanguageFiles } from './message-files.ts'

export interface CodeFile {
  readonly path: string
  readonly text: string
}

export interface ProblemTexts {
  readonly code: string
  readonly params: readonly string[]
}

/** `registry.duplicate-identifier` has its text at `registry.problem.duplicate-identifier`. */
export function problemKey(code: string): string {
  return code.replace('.', '.problem.')
}

const ASKED = /\b(?:t|translate|translator)\(\s*(?:'([^'\n]+)'|"([^"\n]+)")/g
const QUOTED = /'([a-z][a-z0-9-]*\.[\w.-]+)'|"([a-z][a-z0-9-]*\.[\w.-]+)"/g
const THROWN = /\bnew Problem\(\s*'([^'\n]+)'/g
const TEMPLATE = /`([a-z][a-z0-9-]*\.[^`\n]*?\$\{[^`\n]*)`/g

/** Keys that the code asks for by name and that English does not have. */
export function findUnknownKeys(english: LanguageFiles, files: readonly CodeFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(ASKED)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((key) => !english.messages.has(key))
      .map((key) => `${path}: asks for the text ${key}, which does not exist.`),
  )
}

/** Problem codes without a text that tells the person what to do. */
export function findProblemsWithoutText(english: LanguageFiles, problems: readonly ProblemTexts[]): string[] {
  return problems
    .filter(({ code }) => !english.messages.has(problemKey(code)))
    .map(({ code }) => `The problem ${code} has no text ${problemKey(code)}.`)
}

/** Codes that are thrown and that no room declares: they would have no kind and no text. */
export function findUndeclaredProblems(files: readonly CodeFile[], problems: readonly ProblemTexts[]): string[] {
  const declared = new Set(problems.map(({ code }) => code))
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(THROWN)]
      .map((match) => match[1] ?? '')
      .filter((code) => !declared.has(code))
      .map((code) => `${path}: throws the problem ${code}, which no room declares.`),
  )
}

/** Texts of problems with a placeholder that the problem does not give: the person would see an error instead of the text. */
export function findPlaceholdersWithoutParam(english: LanguageFiles, problems: readonly ProblemTexts[]): string[] {
  return problems.flatMap(({ code, params }) =>
    [...placeholdersOf(english.messages.get(problemKey(code))?.nodes ?? [])]
      .filter((name) => !params.includes(name))
      .map((name) => `The text ${problemKey(code)} asks for {${name}}, which the problem does not declare.`),
  )
}

/** Texts that nothing asks for: not by name, not as one of a family, not as the text of a problem. */
export function findUnusedKeys(english: LanguageFiles, files: readonly CodeFile[], problems: readonly ProblemTexts[]): string[] {
  const named = new Set(problems.map(({ code }) => problemKey(code)))
  const families: RegExp[] = []
  for (const { text } of files) {
    for (const match of text.matchAll(QUOTED)) named.add(match[1] ?? match[2] ?? '')
    for (const match of text.matchAll(TEMPLATE)) families.push(familyOf(match[1] ?? ''))
  }
  return [...english.messages.keys()].filter((key) => !named.has(key) && !families.some((family) => family.test(key)))
}

/** `registry.role.${role}.hint` -> /^registry\.role\..+\.hint$/ */
function familyOf(template: string): RegExp {
  const parts = template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/)
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`)
}

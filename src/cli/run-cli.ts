/**
 * Reads the command line, runs the verb, says what happened. Standard output carries results only; everything said to a person goes
 * to standard error. Exit codes: 0 done, 1 fault, 2 not accepted, 3 refused, 4 missing, 5 conflict (style section 6).
 */
import { listLanguages } from '../i18n/languages.ts'
import { problemText } from '../i18n/problem-text.ts'
import { translatorFor } from '../i18n/translator.ts'
import { defineProblems, Problem, type ProblemKind } from '../kernel/problems.ts'
import type { CliCall, CliProgram, CliVerb } from './command.ts'

defineProblems('cli', {
  'verb-unknown': { kind: 'invalid', params: ['found', 'accepted'] },
  'option-unknown': { kind: 'invalid', params: ['found', 'accepted'] },
  'value-missing': { kind: 'invalid', params: ['option', 'accepted'] },
  'word-missing': { kind: 'invalid', params: ['accepted'] },
  'file-missing': { kind: 'missing', params: ['file'] },
  'input-too-large': { kind: 'invalid', params: ['limitMb'] },
  'json-not-readable': { kind: 'invalid', params: ['file', 'found'] },
})

const EXIT: Readonly<Record<ProblemKind, number>> = { invalid: 2, refused: 3, missing: 4, conflict: 5 }
const FAULT = 1

/** Options that every verb takes. */
const COMMON_OPTIONS = [
  { name: 'data', value: 'DIR', meaning: 'Folder of the embedded database (default ./sursur-data).' },
  { name: 'json', meaning: 'One JSON object or JSON lines on standard output and nothing else.' },
  { name: 'lang', value: 'LANG', meaning: 'Language of what is said: ar, zh, en, fr, ru or es (default en).' },
  { name: 'help', meaning: 'Says what the verb takes.' },
] as const

export interface CliOutput {
  print(line: string): void
  say(line: string): void
}

export async function runCli(
  words: readonly string[],
  verbs: readonly CliVerb[],
  program: CliProgram,
  output: CliOutput,
): Promise<number> {
  const asked = valueAfter(words, '--lang') ?? 'en'
  const lang = listLanguages().includes(asked) ? asked : 'en'
  try {
    if (lang !== asked) throw new Problem('cli.value-missing', { option: '--lang', accepted: listLanguages().join(', ') })
    const verb = findVerb(words, verbs)
    if (!verb || words.includes('--help')) {
      for (const line of helpLines(verb ? [verb] : verbs)) output.say(line)
      return verb || words.length === 0 || words.includes('--help') ? 0 : notAVerb(words, verbs)
    }
    return await verb.run(readCall(words.slice(verb.name.split(' ').length), verb, program, output))
  } catch (error) {
    const t = translatorFor(lang)
    if (!(error instanceof Problem)) {
      output.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return FAULT
    }
    output.say(`${error.code}: ${problemText(t, error)}`)
    for (const detail of error.details) output.say(`  ${problemText(t, detail)}`)
    return EXIT[error.kind]
  }
}

function notAVerb(words: readonly string[], verbs: readonly CliVerb[]): never {
  throw new Problem('cli.verb-unknown', {
    found: words.join(' ').split(' --')[0] ?? '',
    accepted: verbs.map((verb) => verb.name).join(', '),
  })
}

/** The verb with the most words that the line begins with: `report check` before `report`. */
function findVerb(words: readonly string[], verbs: readonly CliVerb[]): CliVerb | undefined {
  return verbs
    .filter((verb) => verb.name.split(' ').every((part, index) => words[index] === part))
    .sort((a, b) => b.name.length - a.name.length)[0]
}

function readCall(words: readonly string[], verb: CliVerb, program: CliProgram, output: CliOutput): CliCall {
  const known = [...verb.options, ...COMMON_OPTIONS]
  const values = new Map<string, string>()
  const plain: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (!word.startsWith('--')) {
      plain.push(word)
      continue
    }
    const [name = '', joined] = splitOnce(word.slice(2), '=')
    const option = known.find((candidate) => candidate.name === name)
    if (!option) throw new Problem('cli.option-unknown', { found: word, accepted: known.map((o) => `--${o.name}`).join(', ') })
    if (!('value' in option) || option.value === undefined) {
      values.set(name, 'yes')
      continue
    }
    if (joined === undefined) at += 1
    const value = joined ?? words[at]
    if (value === undefined) throw new Problem('cli.value-missing', { option: `--${name}`, accepted: option.value })
    values.set(name, value)
  }
  return {
    words: plain,
    option: (name) => values.get(name),
    flag: (name) => values.get(name) === 'yes',
    json: values.has('json'),
    print: output.print,
    say: output.say,
    program,
    lang: values.get('lang') ?? 'en',
  }
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function valueAfter(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option)
  return at < 0 ? undefined : words[at + 1]
}

export function helpLines(verbs: readonly CliVerb[]): string[] {
  return [
    ...(verbs.length === 1 ? verbs : verbs.filter((verb) => !verb.isOperation)).flatMap((verb) => [
      `sursur ${verb.name} ${verb.takes}`.trimEnd(),
      `    ${verb.meaning}`,
      ...(verbs.length === 1 ? verb.options.map((option) => optionLine(option)) : []),
    ]),
    ...(verbs.some((verb) => verb.isOperation) && verbs.length > 1
      ? [
          'sursur MODULE OPERATION [--input FILE]',
          '    Runs any operation of the API: sursur registry list-collections. `sursur MODULE OPERATION --help` says more.',
        ]
      : []),
    '',
    ...COMMON_OPTIONS.map((option) => optionLine(option)),
  ]
}

function optionLine(option: { name: string; value?: string; meaning: string }): string {
  return `    --${option.name}${option.value ? ` ${option.value}` : ''}  ${option.meaning}`
}

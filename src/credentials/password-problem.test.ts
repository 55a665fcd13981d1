import { describe, expect, test } from 'vitest'
import { passwordProblem } from './password-problem.ts'

const ANA = ['ana.silva@mofa.example', 'Ana Silva', 'Ministry of Foreign Affairs', 'Desk of the South']

function codeOf(password: string): string | undefined {
  return passwordProblem(password, ANA)?.code.replace('credentials.password-', '')
}

describe('refused', () => {
  test.each([
    ['', 'too-short'],
    ['kV7#wq9!xZp', 'too-short'],
    // Eleven characters for a person, twenty-two units for a computer.
    ['🦜🦜🌴🌴🌊🌊🦜🌴🌊🦜🌴', 'too-short'],
    ['kV7#wq9!xZp'.repeat(12), 'too-long'],
    ['password1234', 'too-common'],
    ['P@ssw0rd2026!', 'too-common'],
    ['qwertyuiop[]', 'too-common'],
    ['1qaz2wsx3edc', 'too-common'],
    ['123456789012', 'too-common'],
    ['987654321098', 'too-common'],
    ['aaaaaaaaaaaaaaaa', 'too-common'],
    ['abcabcabcabc', 'too-common'],
    ['xk9xk9xk9xk9xk9', 'too-common'],
    ['iloveyou2024!', 'too-common'],
    ['Welcome-2026!', 'too-common'],
    ['administrator1', 'too-common'],
    ['contraseña123', 'too-common'],
    ['motdepasse2025', 'too-common'],
    ['парольпароль1', 'too-common'],
    ['йцукенгшщзхъ', 'too-common'],
    ['Sursur2026Sursur', 'too-common'],
    ['southsouthcooperation', 'too-common'],
    ['january-1985-march', 'too-common'],
    ['mofa.Silva.2026', 'too-personal'],
    ['ana.silva@mofa.example', 'too-personal'],
    ['AnaSilva!foreign', 'too-personal'],
    ['affairs-silva-1', 'too-personal'],
  ])('%s: %s', (password, code) => {
    expect(codeOf(password)).toBe(code)
  })

  test('the report names the field, what was found and what is accepted', () => {
    expect(passwordProblem('short')).toEqual({
      code: 'credentials.password-too-short',
      params: { least: 12, found: 5 },
      place: { field: 'password' },
    })
  })
})

describe('accepted: anything else, without rules of composition', () => {
  test.each([
    ['correct horse battery staple'],
    ['three blue boats at noon'],
    ['kV7#wq9!xZpL'],
    ['839205718463'],
    ['سفينتان في الميناء القديم'],
    ['老港口有两艘船在等风来吗'],
    ['tres barcos cruzan el río'],
    ['🦜 palm 🌴 river 🌊 boat'],
    [`${'x'.repeat(3)}Ligne 12 vers le port`],
  ])('%s', (password) => {
    expect(codeOf(password)).toBeUndefined()
  })
})

test('the longest password is judged at once: no word makes it slow', () => {
  const start = performance.now()
  for (const password of [`${'1234567890'.repeat(12)}x`, `${'ab1'.repeat(42)}z`, `${'a'.repeat(127)}b`, 'a'.repeat(4_000_000)]) {
    passwordProblem(password, ANA)
  }
  expect(performance.now() - start).toBeLessThan(1_000)
})

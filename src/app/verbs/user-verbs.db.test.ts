import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../../cli/run-cli.ts'
import { userVerbs } from './user-verbs.ts'

let data = ''
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'sursur-users-'))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

async function sursur(...words: readonly string[]) {
  const [printed, said]: [string[], string[]] = [[], []]
  const program = { open: () => Promise.reject(new Error('not opened by these verbs')) }
  const output = { print: (line: string) => void printed.push(line), say: (line: string) => void said.push(line) }
  const code = await runCli([...words, '--data', data], userVerbs, program, output)
  return { code, printed, said: said.join('\n') }
}

test('what is missing or not accepted ends with 2 and says what would be', async () => {
  expect(await sursur('user', 'add', '--name', 'Ada')).toMatchObject({
    code: 2,
    printed: [],
    said: expect.stringContaining('--email'),
  })
  const wrong = await sursur('user', 'add', '--email', 'ada', '--name', 'Ada', '--role', 'admin')
  expect(wrong).toMatchObject({ code: 2, said: expect.stringContaining('name@example.org') })
  const role = await sursur('user', 'add', '--email', 'ada@mofa.example', '--name', 'Ada', '--role', 'king')
  expect(role).toMatchObject({ code: 2, said: expect.stringContaining('national_focal_point') })
  expect(await sursur('user', 'link', 'ada@mofa.example')).toMatchObject({ code: 4, printed: [] })
}, 60_000)

test('the first must be an administrator; the link alone goes to standard output', async () => {
  const member = await sursur('user', 'add', '--email', 'ben@mofa.example', '--name', 'Ben')
  expect(member).toMatchObject({ code: 5, said: expect.stringContaining('access.administrator-first') })
  const added = await sursur('user', 'add', '--email', 'ada@mofa.example', '--name', 'Ada', '--role', 'admin', '--lang', 'ar')
  expect(added.code).toBe(0)
  expect(added.printed).toEqual([expect.stringMatching(/^http:\/\/localhost:8080\/ar\/invitation\?token=[\w-]{43}$/)])
  const again = await sursur('user', 'link', 'ada@mofa.example', '--json')
  const { link } = JSON.parse(again.printed[0] ?? '') as { link: string }
  expect(link).toMatch(/invitation\?token=/)
  expect(link).not.toBe(added.printed[0])
}, 60_000)

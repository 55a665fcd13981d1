#!/usr/bin/env node
// The command `sursur`. It runs the built program; `npm run build` makes it.
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

// Less memory for a few per cent of speed: 85 MB on a first start with the sample data (Node 24). A server stays; a command that
// reads a large file is over sooner without it.
if (process.argv[2] === 'start') setFlagsFromString('--optimize-for-size')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `Sursur needs Node 22.22 or newer; this is ${process.versions.node}. Run it through npm: npm start, or npx sursur.\n`,
  )
  process.exit(1)
}
const main = new URL('../dist/app/main.js', import.meta.url)
if (!existsSync(main)) {
  process.stderr.write('Sursur is not built yet. Run: npm run build\n')
  process.exit(1)
}
const { main: run } = await import(main.href)
process.exitCode = await run(process.argv.slice(2))

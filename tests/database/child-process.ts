/**
 * Another process that uses the same data folder, for the tests of the lock and of sudden death.
 * Arguments: what to do, the data folder. It speaks one line at a time on standard output.
 */
import { writeSync } from 'node:fs'
import { sql } from '../../src/database/db.ts'
import { openDatabase } from '../../src/database/open-database.ts'

const [task, dataFolder = ''] = process.argv.slice(2)

function say(text: string): void {
  writeSync(1, `${text}\n`)
}

const database = await openDatabase({ dataFolder })
say(database.owner ? 'owner' : 'guest')

if (task === 'wait') {
  await new Promise((resolve) => process.stdin.once('data', resolve))
  await database.close()
  process.exit(0)
}

if (task === 'write') {
  // Every number that is said was acknowledged; each has its twin in the same transaction.
  await database.run(sql`create table if not exists numbers (value integer primary key)`)
  for (let value = 1; ; value += 1) {
    await database.transaction(async (tx) => {
      await tx.run(sql`insert into numbers (value) values (${value})`)
      await tx.run(sql`insert into numbers (value) values (${-value})`)
    })
    say(String(value))
  }
}

if (task === 'half') {
  await database.run(sql`create table if not exists halves (value integer)`)
  await database.transaction(async (tx) => {
    await tx.run(sql`insert into halves (value) select n from generate_series(1, 20000) as n`)
    say('written')
    await new Promise(() => setInterval(() => {}, 1000))
  })
}

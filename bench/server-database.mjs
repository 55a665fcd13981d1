/**
 * A database of our own on a PostgreSQL server: the one of TEST_DATABASE_URL, else the one that runs on this machine, else a new
 * one in a temporary folder. The database is dropped at the end; nothing else on the server is touched.
 */
import pg from 'pg'
import { openTestServer } from '../scripts/test/postgres-server.mjs'

const LOCAL = 'postgres://root@127.0.0.1:5432/postgres'

/** `{ url, drop }`, or `{ missing }` with the reason. `ownServer` starts a new one even where one runs; it need not survive a power cut. */
export async function makeServerDatabase({ ownServer = false } = {}) {
  const server = ownServer ? await openTestServer() : await findServer()
  if (server.missing) return server
  const name = `sursur_bench_${process.pid}`
  await ask(server.url, `drop database if exists ${name}`)
  await ask(server.url, `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async drop() {
      await ask(server.url, `drop database if exists ${name} with (force)`)
      await server.close?.()
    },
  }
}

async function findServer() {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL }
  try {
    await ask(LOCAL, 'select 1')
    return { url: LOCAL }
  } catch {
    return openTestServer()
  }
}

async function ask(url, text) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

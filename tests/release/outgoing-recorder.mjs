/**
 * Loaded into the program before its own code (NODE_OPTIONS=--import): writes down every host that it asks for by name or connects
 * to, unless it is this machine. Nothing is held back. The file is named by SURSUR_TEST_OUTGOING.
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const FILE = process.env.SURSUR_TEST_OUTGOING
const THIS_MACHINE = /^(localhost|::1|\[::1\]|::ffff:127\.\d+\.\d+\.\d+|127\.\d+\.\d+\.\d+)$/

function record(how, host) {
  if (FILE !== undefined && !THIS_MACHINE.test(String(host))) appendFileSync(FILE, `${how} ${host}\n`)
}

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function recorded(...words) {
  const first = Array.isArray(words[0]) ? words[0][0] : words[0]
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: words[1] }
  const isPath = options.path !== undefined || (typeof first === 'string' && !/^\d+$/.test(first))
  if (!isPath) record('connect', typeof options.host === 'string' ? options.host : 'localhost')
  return connect.apply(this, words)
}

const NAMES = Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name) && typeof dns[name] === 'function')
for (const [home, kind] of [
  [dns, 'dns'],
  [dns.promises, 'dns'],
]) {
  for (const name of NAMES.filter((candidate) => typeof home[candidate] === 'function')) {
    const asked = home[name]
    home[name] = function recorded(host, ...words) {
      record(kind, host)
      return asked.call(this, host, ...words)
    }
  }
}

const send = dgram.Socket.prototype.send
dgram.Socket.prototype.send = function recorded(...words) {
  const host = words.filter((word) => typeof word === 'string').at(-1)
  record('datagram', host ?? 'localhost')
  return send.apply(this, words)
}

syncBuiltinESMExports()

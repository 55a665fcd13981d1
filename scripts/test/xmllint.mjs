/** The checker of XML schemas, with which written files are held against the published ones; installed when absent. */
import { spawnSync } from 'node:child_process'
import { installDebianPackage } from './debian-packages.mjs'

/** Undefined when it is there; otherwise the sentence that says why not. */
export function findXmllint() {
  return spawnSync('xmllint', ['--version']).error ? installDebianPackage('libxml2-utils') : undefined
}

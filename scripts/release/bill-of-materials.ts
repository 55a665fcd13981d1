/**
 * The software bill of materials: CycloneDX 1.6, one component for each package in the archive.
 *
 * Written from package-lock.json by ourselves: `npm sbom --omit dev` (npm 11.19) leaves out packages that the program shares with a
 * tool of development, among them zod, and puts the time and a random number into the file, so that no two are alike.
 */
import { createHash } from 'node:crypto'
import type { ProductionPackage } from './production-packages.ts'

/** Short names of licences (SPDX). Anything else is an expression of several. */
const ONE_LICENCE = /^[\w.+-]+$/

/** Our package.json. */
interface Program {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
  readonly engines: { readonly node: string }
  readonly dependencies: Readonly<Record<string, string>>
}

interface Named {
  readonly name: string
  readonly version: string
}

type ByFolder = ReadonlyMap<string, ProductionPackage>

/** `seconds` since 1970 is the time of the commit. */
export function billOfMaterials(program: Program, packages: readonly ProductionPackage[], seconds: number) {
  const byFolder: ByFolder = new Map(packages.map((one) => [one.folder, one]))
  const components = new Map(packages.map((one) => [refOf(one), componentOf(one)]))
  const rootRef = refOf(program)
  const dependsOn = new Map([[rootRef, refsOf(program.dependencies, '', byFolder)]])
  for (const one of packages) {
    const known = dependsOn.get(refOf(one)) ?? []
    dependsOn.set(refOf(one), [...new Set([...known, ...refsOf(one.needs, one.folder, byFolder)])].sort())
  }
  const content = {
    metadata: {
      timestamp: new Date(seconds * 1000).toISOString(),
      component: {
        ...{ type: 'application', 'bom-ref': rootRef, name: program.name, version: program.version },
        ...{ description: program.description, licenses: licencesOf(program.license), purl: purlOf(program) },
        properties: [{ name: 'sursur:needs-node', value: program.engines.node }],
      },
    },
    components: [...components].sort(byRef).map(([, component]) => component),
    dependencies: [...dependsOn].sort(byRef).map(([ref, refs]) => ({ ref, dependsOn: refs })),
  }
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialNumberOf(content),
    version: 1,
    ...content,
  }
}

function byRef([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function componentOf(one: ProductionPackage) {
  return {
    ...{ type: 'library', 'bom-ref': refOf(one), name: one.name, version: one.version, scope: 'required' },
    hashes: [{ alg: 'SHA-512', content: Buffer.from(one.integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }],
    licenses: licencesOf(one.licence),
    purl: purlOf(one),
  }
}

function refOf({ name, version }: Named): string {
  return `${name}@${version}`
}

function purlOf({ name, version }: Named): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

function licencesOf(licence: string) {
  return ONE_LICENCE.test(licence) ? [{ license: { id: licence } }] : [{ expression: licence }]
}

/** Node looks for a package in its own node_modules first, then in those above. What is optional and absent has no place. */
function refsOf(needs: Readonly<Record<string, string>>, folder: string, byFolder: ByFolder): string[] {
  return Object.keys(needs)
    .map((name) => findAbove(name, folder, byFolder))
    .filter((found) => found !== undefined)
    .map(refOf)
    .sort()
}

function findAbove(name: string, folder: string, byFolder: ByFolder): ProductionPackage | undefined {
  for (let at = folder; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const found = byFolder.get(at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`)
    if (found !== undefined || at === '') return found
  }
}

/** A UUID of the content itself (version 8, RFC 9562): the same content has the same number. */
function serialNumberOf(content: unknown): string {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

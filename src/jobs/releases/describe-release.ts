/** What a package of a release says about itself: `datapackage.json` after the Frictionless standard, and a README for people. */
import { readableFingerprint } from '../../credentials/index.ts'
import type { Translator } from '../../i18n/translator.ts'
import { type PackageOrigin, RECORDS_FILE, type SealedPart } from '../../interop/releases/index.ts'

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json'

const FIELDS = [
  { name: 'record', type: 'string' },
  { name: 'version', type: 'integer' },
  { name: 'identifier', type: 'string' },
  { name: 'listed', type: 'array' },
  { name: 'facts', type: 'object' },
  { name: 'orgs', type: 'object' },
] as const

export function describeRelease(t: Translator, { instance, release, records }: PackageOrigin, file: SealedPart): unknown {
  return {
    $schema: PROFILE,
    name: `sursur-release-${release.id.toLowerCase()}`,
    title: titleOf(t, instance.name, release.by),
    description: release.purpose,
    created: release.at,
    licenses: [{ name: release.licence.trim().replace(/[^\w.-]+/g, '-'), title: release.licence }],
    sources: [{ title: release.by === instance.name ? instance.name : `${release.by}, ${instance.name}` }],
    language: t.lang,
    resources: [
      {
        name: 'initiatives',
        type: 'table',
        title: t('data.table.initiatives'),
        path: RECORDS_FILE,
        format: 'jsonl',
        mediatype: 'application/jsonl',
        encoding: 'utf-8',
        bytes: file.bytes,
        hash: `sha256:${file.sha256}`,
        rows: records.length,
        schema: { fields: FIELDS.map((field) => ({ ...field })), primaryKey: ['record'] },
      },
    ],
  }
}

function titleOf(t: Translator, instance: string, by: string): string {
  return t('releases.package.title', { by: by === instance ? instance : `${by}, ${instance}` })
}

export function readmeOfRelease(
  t: Translator,
  { instance, release, records, withheldFields }: PackageOrigin,
  fingerprint: string,
): string {
  return `${[
    `# ${titleOf(t, instance.name, release.by)}`,
    t('releases.package.lead'),
    [
      `- ${t('releases.field.addressee')}: ${release.addressee}`,
      `- ${t('releases.field.purpose')}: ${release.purpose}`,
      `- ${t('releases.field.licence')}: ${release.licence}`,
      `- ${t('releases.field.at')}: ${release.at}`,
      `- ${t('releases.field.records')}: ${t.number(records.length)}`,
      `- ${t('releases.withheld-everywhere')}: ${
        withheldFields.length === 0
          ? t('releases.nothing-withheld')
          : withheldFields.map((field) => nameOfField(t, field)).join(', ')
      }`,
      `- ${t('releases.field.instance')}: ${instance.id}`,
      `- ${t('releases.field.fingerprint')}: \`${readableFingerprint(fingerprint)}\``,
    ].join('\n'),
    t('releases.package.how'),
  ].join('\n\n')}\n`
}

/** A field that this program does not know stands under its own name. */
export function nameOfField(t: Translator, field: string): string {
  const key = `releases.fields.${field.replace('.', '-')}`
  return t.has(key) ? t(key) : field
}

/** Only the owner writes its tables; others read through its queries or a view that it publishes (ARCHITECTURE.md). */
import { isTestFile, type SourceFile, withoutComments } from './source-files.ts'

const OWNERS: Readonly<Record<string, readonly string[]>> = {
  directory: [
    'orgs',
    'org_names',
    'org_merges',
    'persons',
    'person_affiliations',
    'person_contacts',
    'person_consents',
    'person_contact_reads',
  ],
  access: [
    'audit_events',
    'audit_personal_values',
    'audit_verifications',
    'users',
    'user_secrets',
    'user_identities',
    'sessions',
    'one_time_links',
    'grants',
    'api_keys',
    'command_answers',
    'messages',
    'notifications',
    'notification_settings',
    'notification_progress',
  ],
  sources: ['documents', 'document_paragraphs', 'reported_values'],
  registry: [
    'collections',
    'initiatives',
    'initiative_partners',
    'initiative_contributions',
    'listings',
    'registry_changes',
    'import_runs',
    'import_rows',
    'import_problems',
    'import_mappings',
    'source_blocks',
    'initiative_sources',
    'organisation_publications',
    'import_conflicts',
    'import_schedules',
    'objections',
    'initiative_link_proposals',
    'initiative_links',
    'link_searches',
    'snapshots',
    'snapshot_chunks',
    'release_instance',
    'releases',
    'release_records',
    'release_chunks',
    'trusted_instances',
    'received_releases',
    'received_records',
  ],
  coordination: ['focal_points', 'focal_point_links'],
  results: [
    'surveys',
    'survey_instruments',
    'responses',
    'response_answers',
    'answer_proposals',
    'answer_history',
    'response_people',
    'response_contacts',
  ],
}

/** An import writes the versions of its own rows, thousands at a time; single changes are written by `access`. */
const WRITTEN_BY_EVERY_MODULE = new Set(['record_versions'])

const CREATES = /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([a-z_]+)/gi
const WRITES =
  /\b(?:insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+([a-z_]+)|\bupdate\s+([a-z_]+)(?:\s+as\s+[a-z_]+)?\s+set\b/gi

/** Tables of the migrations without an owner above, and owners of tables that no migration makes. */
export function findTablesWithoutOwner(migrations: readonly SourceFile[]): string[] {
  const made = migrations.flatMap(({ path, text }) =>
    [...text.matchAll(CREATES)].map((match) => ({ path, table: match[1] ?? '' })),
  )
  return made
    .filter(({ table }) => ownerOf(table) === undefined && !WRITTEN_BY_EVERY_MODULE.has(table))
    .map(({ path, table }) => `${path}: the table ${table} has no owner; name one in tests/boundaries/table-owners.ts.`)
}

export function findForeignWrites(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !isTestFile(path))
    .flatMap(({ path, text }) => {
      const [, folder, module = ''] = path.split('/')
      return [...withoutComments(text).matchAll(WRITES)]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((table) => ownerOf(table) !== undefined && !(folder === 'modules' && ownerOf(table) === module))
        .map((table) => `${path}: writes ${table}, which only the module ${ownerOf(table)} may write.`)
    })
}

function ownerOf(table: string): string | undefined {
  return Object.keys(OWNERS).find((module) => OWNERS[module]?.includes(table))
}

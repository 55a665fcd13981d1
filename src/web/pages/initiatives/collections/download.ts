/** The collections of this instance as a file. */
import { textFor } from '../../../../kernel/localized-text.ts'
import { listCollectionsQuery } from '../../../../modules/registry/index.ts'
import { codedColumns, type ListFile } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'
import { countRows } from './collections-page.tsx'

export async function collectionsFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor } = request
  const counted = await countRows(request, await context.operations.run(listCollectionsQuery, {}, actor))
  return {
    name: 'collections',
    title: t('registry.collections.title'),
    columns: [
      ...codedColumns(t, 'collection', t('registry.field.collection')),
      { key: 'rows', header: t('registry.collections.rows') },
      ...codedColumns(t, 'kind', t('registry.collections.kind')),
      { key: 'source', header: t('components.provenance.source') },
      { key: 'address', header: t('registry.form.address') },
      { key: 'licence', header: t('registry.collections.licence') },
    ],
    rows: counted.map(({ key, names, rows, kind, source }) => ({
      collection: textFor(names, t.lang)?.text ?? key,
      collectionCode: key,
      rows,
      kind: t(`registry.collection-kind.${kind}`),
      kindCode: kind,
      source: source?.name,
      address: source?.url,
      licence: source?.licence,
    })),
  }
}

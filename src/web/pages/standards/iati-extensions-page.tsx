/** What Sursur adds to IATI 2.03: its namespace, element by element, and its attributes on elements of the standard. */
import type { ComponentChildren } from 'preact'
import {
  OWN_ATTRIBUTES,
  OWN_ELEMENTS,
  OWN_NAMESPACE,
  OWN_PREFIX,
  type OwnElement,
  type ValueKind,
} from '../../../interop/iati/index.ts'
import { type Column, DataTable, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'

export async function iatiExtensionsPage(request: PageRequest): Promise<PageContent> {
  const { t, at } = request
  const title = t('standards.iati-title')
  return {
    title,
    body: (
      <Page title={title} lead={t('standards.iati-lead')}>
        <SummaryList
          layout="card"
          facts={[
            { label: t('standards.namespace'), value: <bdi dir="ltr">{OWN_NAMESPACE}</bdi> },
            { label: t('standards.prefix'), value: <bdi dir="ltr">{OWN_PREFIX.slice(0, -1)}</bdi> },
            { label: t('standards.vocabulary'), value: <a href={at('/standards/iati/tags')}>{t('standards.tags-title')}</a> },
          ]}
        />
        <p>{t('standards.iati-reading')}</p>
        <h2 id="elements">{t('standards.elements')}</h2>
        <DataTable
          caption={t('standards.elements')}
          captionHidden
          cards
          columns={elementColumns(request)}
          rows={OWN_ELEMENTS}
          rowKey={({ name }) => name}
        />
        <h2 id="attributes">{t('standards.attributes')}</h2>
        <p>{t('standards.attributes-lead')}</p>
        <DataTable
          caption={t('standards.attributes')}
          captionHidden
          cards
          columns={attributeColumns(request)}
          rows={OWN_ATTRIBUTES}
          rowKey={({ name }) => name}
        />
      </Page>
    ),
  }
}

function elementColumns(request: PageRequest): Column<OwnElement>[] {
  const { t } = request
  return [
    { key: 'name', label: t('standards.name'), cell: ({ name }) => <Code>{name}</Code> },
    { key: 'within', label: t('standards.within'), cell: ({ within }) => <Names names={within} /> },
    { key: 'meaning', label: t('standards.meaning'), cell: ({ name }) => t(`standards.element.${withoutPrefix(name)}`) },
    {
      key: 'attributes',
      label: t('standards.its-attributes'),
      cell: ({ attributes }) =>
        attributes.length === 0 ? (
          t('standards.only-text')
        ) : (
          <ul>
            {attributes.map(({ name, value }) => (
              <li key={name}>
                <Code>{name}</Code> <span class="muted">{kindOf(request, value)}</span>
              </li>
            ))}
          </ul>
        ),
    },
  ]
}

function attributeColumns(request: PageRequest): Column<(typeof OWN_ATTRIBUTES)[number]>[] {
  const { t } = request
  return [
    { key: 'name', label: t('standards.name'), cell: ({ name }) => <Code>{name}</Code> },
    { key: 'on', label: t('standards.on'), cell: ({ on }) => <Names names={on} /> },
    { key: 'meaning', label: t('standards.meaning'), cell: ({ name }) => t(`standards.attribute.${withoutPrefix(name)}`) },
    { key: 'value', label: t('standards.value'), cell: ({ value }) => kindOf(request, value) },
  ]
}

/** A code leads to its list. */
function kindOf({ t, at }: PageRequest, value: ValueKind): ComponentChildren {
  if (typeof value === 'string') return t(`standards.kind.${value}`)
  const table = value.list === 'modality' ? 'modalities' : value.list
  return (
    <a href={at(`/code-lists/${table}`)}>
      <bdi dir="ltr">{value.list}</bdi>
    </a>
  )
}

function Code({ children }: { readonly children: ComponentChildren }) {
  return (
    <code dir="ltr">
      <bdi>{children}</bdi>
    </code>
  )
}

function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <>
      {names.map((name, index) => (
        <>
          {index > 0 && <br />}
          <Code>{name}</Code>
        </>
      ))}
    </>
  )
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

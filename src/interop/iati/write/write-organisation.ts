/**
 * One organisation of IATI 2.03. With an original it is written as it was, valid parts shown and the rest set aside as for activities;
 * without one, from what the directory knows: identifier, names, and the documents of the organisation.
 */
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import type { PartialDate } from '../../../kernel/partial-date.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { XmlElement } from '../element.ts'
import { dayElement } from './facts/dates.ts'
import { formatOfAddress } from './facts/document-format.ts'
import type { WriteContext } from './facts/write-context.ts'
import { element, narrative, narratives } from './make-element.ts'
import { withDeclarations } from './namespaces.ts'
import { ORGANISATION_SCHEMA } from './schema.ts'
import { serialiseElement } from './serialise.ts'
import { setAside } from './set-aside.ts'
import { leftOutParts } from './write-activity.ts'

export interface WrittenOrganisation {
  readonly id: string
  readonly iatiId?: string | undefined
  readonly name: LocalizedText
  /** Code of the list OrganisationType. */
  readonly orgType?: string | undefined
  readonly updatedAt: string
  readonly documents?: readonly {
    readonly title?: string | undefined
    readonly url: string
    readonly category?: string | undefined
    readonly language?: string | undefined
    readonly date?: PartialDate | undefined
  }[]
}

export interface OrganisationItem {
  readonly organisation: WrittenOrganisation
  /** As it was published: upgraded to 2.03, with what an earlier export had set aside put back. */
  readonly original?: { readonly organisation: XmlElement; readonly namespaces: Readonly<Record<string, string>> } | undefined
}

export interface OrganisationOptions {
  readonly extensions: boolean
  /** The instant of the export. */
  readonly now: string
}

export function organisationXml(
  { organisation, original }: OrganisationItem,
  { extensions, now }: OrganisationOptions,
): { readonly xml: string | undefined; readonly problems: readonly ProblemReport[] } {
  const namespaces = original?.namespaces ?? {}
  const tree = original?.organisation ?? organisationOfDirectory(organisation, extensions)
  const {
    element: valid,
    missing,
    lost,
  } = setAside(tree, ORGANISATION_SCHEMA, {
    namespaces,
    keeps: extensions,
    fillsEmpty: original !== undefined && extensions,
  })
  const place = { activity: organisation.iatiId ?? organisation.id }
  if (missing.length > 0)
    return {
      xml: undefined,
      problems: [{ code: 'iati.organisation-not-exportable', params: { missing: missing.join(', ') }, place, level: 'error' }],
    }
  const updated = Date.parse(organisation.updatedAt) <= Date.parse(now) ? organisation.updatedAt : now
  const dated = { ...valid, attributes: { ...valid.attributes, 'last-updated-datetime': updated } }
  return { xml: serialiseElement(withDeclarations(dated, namespaces)), problems: leftOutParts(lost, place) }
}

/** An organisation reports about itself. A document without category has no place in the standard, and is left out. */
function organisationOfDirectory({ iatiId, name, orgType, documents = [] }: WrittenOrganisation, own: boolean): XmlElement {
  const context: WriteContext = { own, orgOf: () => undefined, label: undefined, mayShowContact: false }
  const names = narratives(name, context)
  return element('iati-organisation', {}, [
    iatiId === undefined ? undefined : element('organisation-identifier', {}, [iatiId]),
    element('name', {}, names),
    element('reporting-org', { ref: iatiId, type: orgType }, names),
    ...documents.flatMap(({ title, url, category, language, date }) =>
      category === undefined
        ? []
        : [
            element('document-link', { url, format: formatOfAddress(url) }, [
              element('title', {}, [narrative(title ?? url)]),
              element('category', { code: category }),
              language === undefined ? undefined : element('language', { code: language }),
              dayElement('document-date', date, 'first', context),
            ]),
          ],
    ),
  ])
}

/**
 * What an organisation of 2.03 shape states about itself and its money (domain section 12): names, who reports, budgets,
 * expenditure and documents. Budget lines, and whatever else has no place here, stay in the piece. Nothing is guessed: a value
 * that cannot be taken as it stands is said.
 */
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { BudgetKind, BudgetRecipient, OrganisationBudget, OrganisationFacts } from '../../../modules/registry/index.ts'
import { elementsOf, firstElement, type XmlElement } from '../element.ts'
import { lookUp } from '../look-up.ts'
import { readDocument } from './read-documents.ts'
import { iso3Of, regionVocabulary } from './read-places.ts'
import { LONGEST_NAME, languageTag, localizedText, namesOf, plainText, textIn } from './read-texts.ts'
import { readDate, readMoney, readPeriod } from './read-values.ts'
import { attribute, cut, type FactsOptions, type Reading, stated } from './reading.ts'
import { readMoment } from './stated-at.ts'

export interface StatedOrganisation {
  /** As the organisation gives it; undefined when it gives none. */
  readonly identifier: string | undefined
  readonly facts: OrganisationFacts
  /** When the publisher last changed the organisation, as a moment of UTC; of the file, where the organisation does not say. */
  readonly statedAt: string | undefined
  /** Values that were changed or left out on the way, all of them warnings. */
  readonly problems: readonly ProblemReport[]
}

const LONGEST_IDENTIFIER = 300

const BUDGET_KINDS: Readonly<Record<string, BudgetKind>> = {
  'total-budget': 'total',
  'recipient-org-budget': 'recipient-org',
  'recipient-country-budget': 'recipient-country',
  'recipient-region-budget': 'recipient-region',
  'total-expenditure': 'expenditure',
}

export function factsOfOrganisation(organisation: XmlElement, { context, findOrg }: FactsOptions): StatedOrganisation {
  const reading: Reading = {
    language: languageTag(organisation.attributes['xml:lang']) ?? languageTag(context.attributes['xml:lang']) ?? 'und',
    currency: attribute(organisation, 'default-currency')?.toUpperCase(),
    findOrg,
    problems: [],
  }
  const identifier = readIdentifier(organisation, reading)
  const reportingOrg = firstElement(organisation, 'reporting-org')
  const facts = stated({
    name: localizedText(elementsOf(organisation, 'name'), reading, 'name/narrative'),
    reportingOrg: reportingOrg && readReporter(reportingOrg, reading),
    budgets: elementsOf(organisation).flatMap((element) => readOrganisationBudget(element, reading) ?? []),
    documents: elementsOf(organisation, 'document-link').flatMap((element) => readDocument(element, reading) ?? []),
  })
  return {
    identifier,
    facts,
    statedAt:
      readMoment(organisation.attributes['last-updated-datetime']) ?? readMoment(context.attributes['generated-datetime']),
    problems: reading.problems.map((problem) =>
      identifier === undefined ? problem : { ...problem, place: { ...problem.place, activity: identifier } },
    ),
  }
}

function readIdentifier(organisation: XmlElement, reading: Reading): string | undefined {
  const element = firstElement(organisation, 'organisation-identifier')
  const text = element && textIn(element).trim()
  return element && text ? cut(text, LONGEST_IDENTIFIER, reading, element, 'organisation-identifier') : undefined
}

function readReporter(element: XmlElement, reading: Reading): OrganisationFacts['reportingOrg'] {
  const party = readNamed(element, reading, 'reporting-org')
  const type = attribute(element, 'type')
  return party === undefined && type === undefined ? undefined : stated({ ...party, type })
}

/** A budget in the order of the file. One that names no period, no amount and no recipient says nothing. */
function readOrganisationBudget(element: XmlElement, reading: Reading): OrganisationBudget | undefined {
  const kind = lookUp(BUDGET_KINDS, element.name)
  if (kind === undefined) return undefined
  const start = readDate(firstElement(element, 'period-start')?.attributes['iso-date'])
  const end = readDate(firstElement(element, 'period-end')?.attributes['iso-date'])
  const period = readPeriod(start, end, reading, element, `${element.name}/period-end`)
  const money = readMoney(firstElement(element, 'value'), reading, `${element.name}/value`)
  const recipient = readRecipient(element, kind, reading)
  if (period === undefined && money === undefined && recipient === undefined) return undefined
  return stated({ kind, status: attribute(element, 'status'), period, money, recipient })
}

function readRecipient(budget: XmlElement, kind: BudgetKind, reading: Reading): BudgetRecipient | undefined {
  const element = kind === 'total' || kind === 'expenditure' ? undefined : firstElement(budget, kind)
  if (element === undefined) return undefined
  if (kind === 'recipient-org') return readNamed(element, reading, `${budget.name}/recipient-org`)
  const code = attribute(element, 'code')
  const words = plainText(element, reading)
  const name = words === undefined ? undefined : cut(words, LONGEST_NAME, reading, element, `${budget.name}/${kind}/narrative`)
  const place =
    kind === 'recipient-country'
      ? { iso3: iso3Of(element) }
      : { region: code === undefined ? undefined : { vocabulary: regionVocabulary(element), code } }
  const recipient: BudgetRecipient = stated({ ...place, name })
  return Object.keys(recipient).length === 0 ? undefined : recipient
}

function readNamed(element: XmlElement, reading: Reading, path: string): BudgetRecipient | undefined {
  const names = namesOf(element, reading)
  const written = attribute(element, 'ref')
  const ref = written === undefined ? undefined : cut(written, LONGEST_IDENTIFIER, reading, element, `${path}/@ref`)
  const name = names[0] === undefined ? undefined : cut(names[0], LONGEST_NAME, reading, element, `${path}/narrative`)
  if (ref === undefined && name === undefined) return undefined
  return stated({ orgId: reading.findOrg(ref, names)?.orgId, ref, name })
}

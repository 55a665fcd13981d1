/**
 * `sur:contribution`: the whole of a contribution except what its plain element holds already, the money. Contributions that plain
 * 2.03 has no element for say their money too, and their position in the list.
 */
import type { InitiativeContribution } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { element } from '../make-element.ts'
import type { WrittenFlow } from './flows.ts'

export function ownContributions(written: readonly WrittenFlow[]): XmlElement[] {
  return written.map(({ contribution, element: plain }, index) => {
    const showsMoney = plain !== undefined && contribution.money !== undefined
    return ownContribution(contribution, {
      position: index + 1,
      element: plain?.name,
      // The plain element shows what the thing is worth; the contribution itself has no money.
      value: plain !== undefined && !showsMoney ? 'valuation' : undefined,
      amount: showsMoney ? undefined : contribution.money?.amount,
      currency: showsMoney ? undefined : contribution.money?.currency,
      'value-date': showsMoney ? undefined : contribution.money?.valueDate,
    })
  })
}

function ownContribution(
  contribution: InitiativeContribution,
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
): XmlElement {
  const { no, giver, taker, joint, modality, nature, period, quantity, country, region, sectors, valuations, published } =
    contribution
  return element(
    'sur:contribution',
    {
      no,
      giver,
      'giver-name': contribution.giverName,
      'giver-ref': contribution.giverRef,
      taker,
      'taker-name': contribution.takerName,
      'taker-ref': contribution.takerRef,
      joint,
      modality,
      nature,
      start: period?.start,
      end: period?.end,
      quantity: quantity?.value,
      unit: quantity?.unit,
      country,
      'region-vocabulary': region?.vocabulary,
      region: region?.code,
      // The codes of a published flow stand in its own element.
      published: published === undefined ? undefined : true,
      ...attributes,
    },
    [
      contribution.description === undefined ? undefined : element('sur:description', {}, [contribution.description]),
      ...(sectors ?? []).map(({ vocabulary, code, share }) => element('sur:sector', { vocabulary, code, share })),
      ...(valuations ?? []).map(({ amount, currency, basis, priceYear, source }) =>
        element('sur:valuation', { amount, currency, basis, 'price-year': priceYear, source }),
      ),
    ],
  )
}

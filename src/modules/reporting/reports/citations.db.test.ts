import { expect, test } from 'vitest'
import { ANONYMOUS } from '../../../operations/index.ts'
import { policy } from '../../access/index.ts'
import { atRegistryDesk } from '../../registry/testing/registry-desk.ts'
import { registerDocument } from '../../sources/index.ts'
import { checkReportQuery } from '../index.ts'
import { citesKnown, knownCitations } from './citations.ts'

test('domain 15: a document that was registered here may be cited beside the shipped ones', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(registerDocument, {
      symbol: 'OWN/1',
      kind: 'report',
      titles: { orig: 'en', texts: { en: 'A document of our own' } },
      paragraphs: [{ number: '4', topic: { orig: 'en', texts: { en: 'The method' } } }],
    })
    const citable = await knownCitations({
      db: desk.database,
      whole: desk.database,
      clock: { now: () => new Date(0) },
      actor: ANONYMOUS,
      sight: policy.sightOf(ANONYMOUS),
    })
    const cites = (source: string) =>
      citesKnown({ kind: 'said', text: 'two', source, start: 0, end: 0, raw: '' }, citable, 'OWN/1')
    expect([cites('OWN/1'), cites('OWN/1, para. 4'), cites('SSC/17/3')]).toEqual([true, true, true])
    expect([cites('OWN/1, para. 5'), cites('OWN/2')]).toEqual([false, false])
    expect((await desk.run(checkReportQuery, { key: 'mainstreaming-2015' })).unbound).toEqual([])
  }))

/** A sign for or against one initiative in words. */
import type { Translator } from '../../../../i18n/translator.ts'
import type { LinkSign, ListedProposal } from '../../../../modules/registry/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { orgNames } from '../naming.ts'
import { sectorName } from '../value-names.ts'
import { countryNames } from '../words.ts'

export type SignText = (sign: LinkSign) => string

/** An organisation of the directory by its id; what the directory does not know stands as it was stated. */
export async function signTexts(request: PageRequest, proposals: readonly ListedProposal[]): Promise<SignText> {
  const signs = proposals.flatMap(({ reasons }) => reasons).filter(({ code }) => code === 'orgs-shared')
  const orgs = await orgNames(
    request,
    signs.flatMap(orgsOf).filter((org) => !STATED.test(org)),
  )
  return (sign) => signText(request.t, sign, orgs)
}

/** Prefix of a name or an identifier that no organisation of the directory bears. */
const STATED = /^(name|ref) /

function orgsOf({ params }: LinkSign): string[] {
  return String(params?.orgs ?? '').split('|')
}

function signText(t: Translator, sign: LinkSign, orgs: ReadonlyMap<string, string>): string {
  const { code, params = {} } = sign
  const words: Record<string, string | number> = { ...params }
  if (typeof params.percent === 'number')
    words.percent = t.percent(params.percent / 100, { digits: params.percent % 1 === 0 ? 0 : 1 })
  if (typeof params.countries === 'string') words.countries = countryNames(t, params.countries.split(' ')) ?? params.countries
  if (typeof params.sectors === 'string')
    words.sectors = t.list(params.sectors.split(', ').map((sector) => sectorName(t, sector)))
  if (code === 'orgs-shared') words.orgs = orgWords(t, sign, orgs)
  return t(`linking.sign.${code}`, words)
}

/** Those that the reader may not see are only counted. */
function orgWords(t: Translator, sign: LinkSign, orgs: ReadonlyMap<string, string>): string {
  const names = orgsOf(sign).flatMap((org) => orgs.get(org) ?? (STATED.test(org) ? org.replace(STATED, '') : []))
  return names.length > 0 ? t.list(names) : t.number(Number(sign.params?.count ?? 0))
}

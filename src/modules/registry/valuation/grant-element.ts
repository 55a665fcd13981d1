/**
 * How much of a loan is a gift: its grant element, GE = 1 - present value of all payments / face (domain 8.3), and what
 * follows from it. The grant equivalent is reported beside the face value and never added to it.
 */
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  powerOfDecimal,
  rootOfDecimal,
  roundDecimal,
  subtractDecimals,
} from '../../../kernel/decimal.ts'
import type { Share } from '../../../kernel/shares.ts'

/**
 * - equal_principal: the same part of the principal each time, and interest on what is left
 * - annuity: the same payment each time, interest included
 * - bullet: interest each time, the whole principal at the end
 * During the grace period only interest is paid.
 */
export type Repayment = 'equal_principal' | 'annuity' | 'bullet'

export interface LoanTerms {
  /** Yearly, as a share: '0.02' for 2 %. */
  readonly interestRate: Share | undefined
  readonly maturityYears: number | undefined
  readonly graceYears: number | undefined
  readonly paymentsPerYear?: number | undefined
  readonly repayment?: Repayment | undefined
  /** Yearly, as a share; 5 % where the indicator on resources (SDG 17.3.1) is reported. */
  readonly discountRate?: Share | undefined
}

export const DISCOUNT_RATE: Share = '0.05'

/** SDG 17.3.1: a loan is concessional when its grant element at 5 % is at least this. */
const CONCESSIONAL_FROM: Share = '0.35'

// Carried through the computation, where roots and quotients have no end; the result keeps a third of them.
const WORKING_DIGITS = 60
const RESULT_DIGITS = 20

/**
 * Grant element as a share of the face value; negative when the loan is dearer than the discount rate.
 * Undefined when terms are not known or cannot be: a grace period as long as the loan, or one that ends between two payments.
 */
export function grantElementOf(terms: LoanTerms): Decimal | undefined {
  const { interestRate, maturityYears, graceYears, paymentsPerYear = 1, repayment = 'equal_principal' } = terms
  if (interestRate === undefined || maturityYears === undefined || graceYears === undefined) return undefined
  const payments = maturityYears * paymentsPerYear
  const interestOnly = repayment === 'bullet' ? payments - 1 : graceYears * paymentsPerYear
  const isWhole = [paymentsPerYear, payments, interestOnly].every(Number.isInteger)
  if (!isWhole || paymentsPerYear < 1 || interestOnly < 0 || interestOnly >= payments) return undefined

  const rate = divideDecimals(interestRate, String(paymentsPerYear), WORKING_DIGITS)
  const growth = rootOfDecimal(addDecimals('1', terms.discountRate ?? DISCOUNT_RATE), paymentsPerYear, WORKING_DIGITS)
  const services = servicesOf(rate, payments, interestOnly, repayment)
  // Each payment grows to the end of the loan; the sum is then discounted once.
  const atTheEnd = services.reduce((sum, service) => addDecimals(shorten(multiplyDecimals(sum, growth)), service), '0')
  const presentValue = divideDecimals(atTheEnd, shorten(powerOfDecimal(growth, payments)), WORKING_DIGITS)
  return roundDecimal(subtractDecimals('1', presentValue), RESULT_DIGITS)
}

/** Whether the loan counts as concessional; undefined where the grant element is. */
export function isConcessional(terms: LoanTerms): boolean | undefined {
  const grantElement = grantElementOf({ ...terms, discountRate: DISCOUNT_RATE })
  return grantElement === undefined ? undefined : compareDecimals(grantElement, CONCESSIONAL_FROM) >= 0
}

/** The gift in money: GE x face, in the currency of the face value. */
export function grantEquivalentOf(face: Decimal | undefined, terms: LoanTerms): Decimal | undefined {
  const grantElement = grantElementOf(terms)
  return face === undefined || grantElement === undefined ? undefined : multiplyDecimals(face, grantElement)
}

/** Payments on a face value of 1, first to last. */
function servicesOf(rate: Decimal, payments: number, interestOnly: number, repayment: Repayment): Decimal[] {
  const repayments = payments - interestOnly
  const services: Decimal[] = Array.from({ length: interestOnly }, () => rate)
  if (repayment === 'annuity' && rate !== '0') {
    const grown = shorten(powerOfDecimal(addDecimals('1', rate), repayments))
    const payment = divideDecimals(multiplyDecimals(rate, grown), subtractDecimals(grown, '1'), WORKING_DIGITS)
    return [...services, ...Array.from({ length: repayments }, () => payment)]
  }
  for (let paid = 0; paid < repayments; paid += 1) {
    // Principal 1/n, and interest on the (n - paid)/n that is left before it.
    const left = multiplyDecimals(rate, String(repayments - paid))
    services.push(divideDecimals(addDecimals('1', left), String(repayments), WORKING_DIGITS))
  }
  return services
}

function shorten(value: Decimal): Decimal {
  return roundDecimal(value, WORKING_DIGITS)
}

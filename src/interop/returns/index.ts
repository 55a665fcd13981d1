/** The door of the returns: what other bodies ask for, made from the registry's records. */
export { buildReturns } from './build-returns.ts'
export { receiptsByRecipient } from './receipts-by-recipient.ts'
export { RETURN_FORMS } from './verdict.ts'

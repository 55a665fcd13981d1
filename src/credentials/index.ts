/** Door of the room: passwords, tokens, one-time codes, sealed secrets. Pure besides node:crypto. */

import './problems.ts'

export { isSameText } from './equal.ts'
export { formToken, sameFormToken } from './form-token.ts'
export {
  checkTotp,
  newRecoveryCodes,
  newTotpSecret,
  type RecoveryCodes,
  recoveryCodeDigest,
  type TotpAnswer,
  type TotpAttempt,
  totpUri,
} from './one-time-codes.ts'
export { type HashCost, hashPassword, isOutdatedHash, verifyPassword } from './password.ts'
export { PASSWORD_LENGTH, passwordProblem } from './password-problem.ts'
export { type QrCode, qrCode } from './qr-code.ts'
export { openSecret, sealSecret } from './sealed.ts'
export { fingerprintOf, isSignedBy, readableFingerprint, type Signer, signerOf } from './signing.ts'
export { type ApiKey, digestOf, newApiKey, newToken, readApiKey, type SecretToken, sameDigest } from './tokens.ts'

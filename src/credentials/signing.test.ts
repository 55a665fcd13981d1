import { expect, test } from 'vitest'
import { fingerprintOf, isSignedBy, readableFingerprint, signerOf } from './signing.ts'

/** The first test of RFC 8032, section 7.1: an empty message. */
const RFC = {
  seed: Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
  publicKey: Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString('base64'),
  signature: Buffer.from(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    'hex',
  ).toString('base64'),
}

test('a signature is not that of another message, of another key, or of nothing', () => {
  const message = Buffer.from('what leaves')
  const signer = signerOf(Buffer.alloc(32, 1))
  const signature = signer.sign(message)
  expect(isSignedBy(signer.publicKey, message, signature)).toBe(true)
  expect(isSignedBy(signer.publicKey, Buffer.from('what leavez'), signature)).toBe(false)
  expect(isSignedBy(signerOf(Buffer.alloc(32, 2)).publicKey, message, signature)).toBe(false)
  expect(isSignedBy(signer.publicKey, message, '')).toBe(false)
  expect(isSignedBy('AAAA', message, signature)).toBe(false)
})

test('keys and signatures are those of RFC 8032', () => {
  const signer = signerOf(RFC.seed)
  expect(signer.publicKey).toBe(RFC.publicKey)
  expect(signer.sign(Buffer.alloc(0))).toBe(RFC.signature)
  expect(isSignedBy(RFC.publicKey, Buffer.alloc(0), RFC.signature)).toBe(true)
})

test('a fingerprint is the SHA-256 of the public key, read in groups of four', () => {
  // sha256 of 32 zero bytes.
  const zeros = Buffer.alloc(32).toString('base64')
  expect(fingerprintOf(zeros)).toBe('66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925')
  expect(readableFingerprint(fingerprintOf(zeros)).slice(0, 19)).toBe('6668 7AAD F862 BD77')
})

test('a key of another length is a fault of ours', () => {
  expect(() => signerOf(Buffer.alloc(31))).toThrow('31 bytes')
})

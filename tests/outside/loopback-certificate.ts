/**
 * A certificate for 127.0.0.1 and house.example, made for these tests, good until 2126. Its key is public: it protects nothing.
 * `trustLoopbackCertificate` makes this process believe it, as NODE_EXTRA_CA_CERTS would.
 */
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

export const LOOPBACK_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBpjCCAU2gAwIBAgIUaiVsu+qzVudrC7OiYVHZpGlhjp4wCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNbG9vcGJhY2sgdGVzdDAgFw0yNjExMjUwMzA2MjJaGA8yMTI2
MTEwMTAzMDYyMlowGDEWMBQGA1UEAwwNbG9vcGJhY2sgdGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABHYV0Rl5tb6bUg96+jRkwYUdzWUWrHpSsgiAZDoSSkaY
xmmSBnxMz4K8E1NJd6COYEh1LLqoE4gcmfaPegWfnlujczBxMB0GA1UdDgQWBBSY
vn4IQRDqNygMLmSJhaFuAEcVvDAfBgNVHSMEGDAWgBSYvn4IQRDqNygMLmSJhaFu
AEcVvDAPBgNVHRMBAf8EBTADAQH/MB4GA1UdEQQXMBWHBH8AAAGCDWhvdXNlLmV4
YW1wbGUwCgYIKoZIzj0EAwIDRwAwRAIgTB0GFTIy8T4Nll2djgfnyoWUrksW0/YN
jVIFFqzeZL4CIBwTSjSOfbRzyraouX1Hb4SaULKS44IlIeurI71b4iRf
-----END CERTIFICATE-----
`

export const LOOPBACK_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0H9syTwIGmjKHMH1
ZVLmUMC084xxeT5mWfCgcTp4442hRANCAAR2FdEZebW+m1IPevo0ZMGFHc1lFqx6
UrIIgGQ6EkpGmMZpkgZ8TM+CvBNTSXegjmBIdSy6qBOIHJn2j3oFn55b
-----END PRIVATE KEY-----
`

export function trustLoopbackCertificate(): () => void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, LOOPBACK_CERTIFICATE])
  return () => setDefaultCACertificates(before)
}

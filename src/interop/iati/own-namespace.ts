/** Names of what Sursur adds to IATI 2.03: the namespace of its elements and attributes, and the vocabulary of its tags. */

export const OWN_NAMESPACE = 'urn:sursur:iati:1'

/** Fixed, so that a file can be read by prefix: a file that binds it to something else is not ours. */
export const OWN_PREFIX = 'sur:'

/** `vocabulary` of the tags, sectors and regions whose codes are ours: 99 is "reporting organisation" in every list of vocabularies. */
export const OWN_VOCABULARY = '99'
export const OWN_VOCABULARY_URI = 'urn:sursur:tags:1'

/** Whether `sur` means ours in an activity: it does unless the activity or the root of its file binds it to something else. */
export function bindsOwnPrefix(
  attributes: Readonly<Record<string, string>>,
  namespaces: Readonly<Record<string, string>>,
): boolean {
  const bound = attributes['xmlns:sur'] ?? namespaces.sur
  return bound === undefined || bound === OWN_NAMESPACE
}

export function isOwnName(name: string): boolean {
  return name.startsWith(OWN_PREFIX)
}

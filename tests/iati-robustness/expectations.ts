/**
 * What the author of a test file means to show with it. A file of a schema test speaks about structure alone and has `xx` for its codes
 * and no identifier; a file of a rule test is a fragment with nothing but what its rule looks at. So each file is held to the rules that
 * it is about, and complete files to all of them.
 */

/** `fitting` are rules, with what they are of where one rule is about several things: those one of which a failing file must break, and, unless `about` says otherwise, a passing one must not. */
export interface Expectation {
  readonly about: 'structure' | 'rule' | 'everything'
  readonly fitting: readonly string[]
}

const STRUCTURE = [
  'element-missing',
  'element-repeated',
  'element-unknown',
  'attribute-missing',
  'attribute-unknown',
  'text-unexpected',
  'value-of-wrong-kind',
]

/** Version 1 required next to nothing, and its texts and codes are judged after they became those of 2.03. */
const STRUCTURE_OF_1 = ['element-repeated', 'element-unknown', 'attribute-unknown', 'value-of-wrong-kind']

/** Part of the file's name, and the rules that it is about. The first that fits counts. */
const STRUCTURE_TESTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /missing-attribute|required-attribute-not-present|05-code-attribute|-ref\.xml|06-value-date|0[89]-(collaboration-type|transaction-date)/,
    ['attribute-missing'],
  ],
  [/multiple|_\d*-?two-/, ['element-repeated']],
  [
    /forbidden-attribute|non-permitted-attribute|attribute-extensibility|-version|08-value-type|14-location|region-percentage/,
    ['attribute-unknown'],
  ],
  [/contains-text/, ['text-unexpected']],
  [/non-|incorrect-|currencyType|bad-hierarchy|datetime|validation|latitude|longitude/, ['value-of-wrong-kind']],
  [/extensibility|target-location|07-value-date/, ['element-unknown']],
  [/missing|without|empty|no-|19-recipient-org/, ['element-missing', 'identifier-missing']],
]

const RULE_TESTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/at_least_one/, ['organisation-unnamed']],
  [/between_?dates/i, ['date-outside-period']],
  [/tests_date_/, ['period-order']],
  [/lastupdated/, ['date-after-update']],
  [/dateOrder_test-files_now/, ['date-in-future']],
  [/_test-files_(bad|good).xml|loop|percentage_sum|recipient_country|strictSum|does_not_sum|forloop|tests_sum/, ['share-sum']],
  [/one_or_all_lang|oneOrAll/, ['language-missing']],
  [/one_or_all_sector/, ['stated-at-no-level of sectors']],
  [/only_one_of/, ['stated-at-both-levels of recipients']],
  [/period_time|time_?limit|region_budget/i, ['budget-too-long']],
  [/range/, ['share-out-of-range']],
  [/regex|orgIdCheck|bad_identifier|multiple_rule_errors/, ['identifier-characters']],
  [/dupIdentifier/, ['identifier-repeated']],
  [/ifThen/, ['own-code-unexplained']],
  [/noSpaces/, ['identifier-spaces']],
  [/unique-startsWith/, ['identifier-of-organisation']],
  [/startsWith/, ['identifier-prefix']],
  [/noMoreThanOne/, ['aid-type-repeated']],
  [/identifier-exists/, ['reference-to-nothing']],
  [/atLeastOne-error-01/, ['start-date-missing']],
  [/atLeastOne-error-02/, ['text-missing']],
  [/atLeastOne|broken-root/, ['element-missing']],
  [/ruleset_errors/, ['value-of-wrong-kind']],
]

export function expectationOf(file: string): Expectation {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (/IATI-Schemas\/|iati\.core\/(?!.*ruleset-std)/.test(file)) {
    if (/fail|err-|_invalid_/.test(name)) return { about: 'structure', fitting: firstFitting(STRUCTURE_TESTS, name) }
    return { about: 'structure', fitting: name.includes('_1-0') ? STRUCTURE_OF_1 : STRUCTURE }
  }
  const isFragment = /IATI-Rulesets\/|ruleset-unit-tests_(?!fullStandard)/.test(file)
  return { about: isFragment ? 'rule' : 'everything', fitting: firstFitting(RULE_TESTS, name) }
}

function firstFitting(table: readonly (readonly [RegExp, readonly string[]])[], name: string): readonly string[] {
  return table.find(([pattern]) => pattern.test(name))?.[1] ?? []
}

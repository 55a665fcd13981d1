/**
 * Who may do what to which kind of record: the table of domain section 14 as data, with the rows that the product needs beside it.
 * The policy, the printed matrix and the test that walks every operation with every role read this one table.
 */

export const ROLES = [
  'public',
  'member',
  'national_focal_point',
  'entity_focal_point',
  'reviewer',
  'broker',
  'secretariat',
  'finance_officer',
  'admin',
] as const
export type Role = (typeof ROLES)[number]

/** Roles that are given to somebody; `public` and `member` follow from not being or being signed in. */
export const GIVEN_ROLES = ROLES.filter((role): role is GivenRole => role !== 'public' && role !== 'member')
export type GivenRole = Exclude<Role, 'public' | 'member'>

export const SCOPES = ['instance', 'entity', 'country', 'body', 'campaign'] as const
export type ScopeKind = (typeof SCOPES)[number]

/** Where each role can be given. */
export const SCOPES_OF_ROLE: Readonly<Record<GivenRole, readonly ScopeKind[]>> = {
  national_focal_point: ['country'],
  entity_focal_point: ['entity'],
  reviewer: ['campaign'],
  broker: ['instance', 'body'],
  secretariat: ['instance'],
  finance_officer: ['instance', 'entity'],
  admin: ['instance'],
}

export const RIGHTS = ['read', 'comment', 'create', 'edit', 'verify', 'publish', 'administer'] as const
export type Right = (typeof RIGHTS)[number]

/**
 * How far a right reaches: all records; what is public; what the network (signed-in members) may see; the own scope; what was
 * assigned; one's own record.
 */
export type Reach = 'all' | 'public' | 'network' | 'own' | 'assigned' | 'self'

export type Cell = Readonly<Partial<Record<Right, Reach>>>

interface Row {
  /** `domain`: a row of domain section 14. `product`: added for what the product itself needs. */
  readonly from: 'domain' | 'product'
  readonly cells: Readonly<Partial<Record<Role, Cell>>>
}

const ADMIN: Cell = { administer: 'all' }
const READ_NETWORK: Cell = { read: 'network' }
const READ_OWN: Cell = { read: 'own' }
const EVERYBODY_READS: Pick<Record<Role, Cell>, 'public' | 'member'> = { public: { read: 'public' }, member: READ_NETWORK }

export const ROLE_TABLE = {
  initiative: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: { read: 'network', comment: 'own', create: 'own', edit: 'own', verify: 'own' },
      entity_focal_point: { read: 'network', create: 'own', edit: 'own' },
      reviewer: READ_NETWORK,
      broker: READ_NETWORK,
      secretariat: { read: 'all', edit: 'all', verify: 'all', publish: 'all' },
      finance_officer: READ_NETWORK,
      admin: ADMIN,
    },
  },
  initiative_history: {
    from: 'product',
    cells: { national_focal_point: READ_OWN, entity_focal_point: READ_OWN, secretariat: { read: 'all' }, admin: ADMIN },
  },
  collection: {
    from: 'product',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: { create: 'own', edit: 'own' },
      entity_focal_point: { create: 'own', edit: 'own' },
      secretariat: { create: 'all', edit: 'all' },
      admin: ADMIN,
    },
  },
  // What leaves this instance: under the hand of the owner. Publish: to say which other instances are trusted.
  release: {
    from: 'product',
    cells: {
      national_focal_point: { read: 'own', create: 'own', edit: 'own', verify: 'own' },
      entity_focal_point: { read: 'own', create: 'own', edit: 'own', verify: 'own' },
      secretariat: { read: 'all', create: 'all', edit: 'all', verify: 'all', publish: 'all' },
      admin: ADMIN,
    },
  },
  contribution_amount: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: { read: 'network', edit: 'own' },
      entity_focal_point: { read: 'network', edit: 'own' },
      reviewer: READ_NETWORK,
      broker: READ_NETWORK,
      secretariat: { read: 'all', verify: 'all' },
      finance_officer: { read: 'all', edit: 'all', verify: 'all' },
      admin: ADMIN,
    },
  },
  portfolio: {
    from: 'domain',
    cells: {
      national_focal_point: READ_OWN,
      entity_focal_point: READ_OWN,
      reviewer: { read: 'assigned', create: 'assigned', edit: 'assigned' },
      secretariat: { read: 'all', administer: 'all' },
      admin: ADMIN,
    },
  },
  adjudication: {
    from: 'domain',
    cells: { reviewer: { read: 'assigned', edit: 'assigned' }, secretariat: { read: 'all', verify: 'all' }, admin: ADMIN },
  },
  request_offer: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: { read: 'network', create: 'own', edit: 'own', verify: 'own' },
      entity_focal_point: { read: 'network', create: 'own', edit: 'own' },
      broker: { read: 'all', edit: 'all' },
      secretariat: { read: 'all', edit: 'all', verify: 'all' },
      admin: ADMIN,
    },
  },
  match: {
    from: 'domain',
    cells: {
      national_focal_point: { read: 'own', edit: 'own' },
      entity_focal_point: { read: 'own', edit: 'own' },
      broker: { read: 'all', create: 'all', edit: 'all' },
      secretariat: { read: 'all' },
      admin: ADMIN,
    },
  },
  practice_lesson: {
    from: 'domain',
    cells: {
      public: { read: 'public' },
      member: { read: 'network', create: 'network' },
      reviewer: { read: 'network', verify: 'assigned' },
      secretariat: { read: 'all', verify: 'all', publish: 'all' },
      admin: ADMIN,
    },
  },
  community: {
    from: 'domain',
    cells: { public: { read: 'public' }, member: { read: 'network', comment: 'network' }, admin: ADMIN },
  },
  coordination: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: READ_OWN,
      entity_focal_point: { read: 'own', edit: 'own' },
      secretariat: { read: 'all', create: 'all', edit: 'all', publish: 'all' },
      admin: ADMIN,
    },
  },
  focal_point: {
    from: 'domain',
    cells: {
      member: READ_NETWORK,
      national_focal_point: { read: 'network', create: 'own', edit: 'own' },
      entity_focal_point: { read: 'network', create: 'own', edit: 'own' },
      broker: READ_NETWORK,
      secretariat: { read: 'all', create: 'all', edit: 'all' },
      admin: ADMIN,
    },
  },
  // Of the focal point directory strangers read who coordinates, and never who the person is.
  coordination_mechanism: {
    from: 'product',
    cells: { ...EVERYBODY_READS, secretariat: { read: 'all' }, admin: ADMIN },
  },
  mandate: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: { read: 'network', comment: 'own' },
      entity_focal_point: { read: 'network', create: 'own', edit: 'own' },
      secretariat: { read: 'all', create: 'all', edit: 'all', verify: 'all', publish: 'all' },
      admin: ADMIN,
    },
  },
  fund: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: READ_OWN,
      entity_focal_point: READ_OWN,
      secretariat: { read: 'all' },
      finance_officer: { read: 'all', create: 'all', edit: 'all', verify: 'all' },
      admin: ADMIN,
    },
  },
  deployment: {
    from: 'domain',
    cells: {
      national_focal_point: READ_OWN,
      entity_focal_point: { read: 'own', create: 'own' },
      secretariat: { read: 'all', edit: 'all' },
      finance_officer: { read: 'all' },
      admin: ADMIN,
    },
  },
  survey: {
    from: 'domain',
    cells: {
      public: { read: 'public' },
      // Results only, as everybody, and what is asked of them; answers are another row.
      member: { read: 'public' },
      secretariat: { read: 'all', create: 'all', edit: 'all', publish: 'all' },
      admin: ADMIN,
    },
  },
  // The same row of the domain: "answer own". Self: to whom a part in the return was given.
  survey_response: {
    from: 'domain',
    cells: {
      member: { read: 'self', edit: 'self', verify: 'self' },
      national_focal_point: { read: 'own', edit: 'own', verify: 'own' },
      entity_focal_point: { read: 'own', edit: 'own', verify: 'own' },
      secretariat: { read: 'all', edit: 'all', verify: 'all' },
      admin: ADMIN,
    },
  },
  scorecard: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      entity_focal_point: { read: 'network', comment: 'own' },
      reviewer: { read: 'network', verify: 'assigned' },
      secretariat: { read: 'all', create: 'all', edit: 'all', publish: 'all' },
      admin: ADMIN,
    },
  },
  report: {
    from: 'domain',
    cells: {
      ...EVERYBODY_READS,
      national_focal_point: { read: 'network', comment: 'network' },
      entity_focal_point: { read: 'network', comment: 'network' },
      secretariat: { read: 'all', create: 'all', edit: 'all', publish: 'all' },
      finance_officer: READ_NETWORK,
      admin: ADMIN,
    },
  },
  code_list: {
    from: 'domain',
    cells: { ...EVERYBODY_READS, secretariat: { read: 'all', edit: 'all' }, admin: ADMIN },
  },
  user: { from: 'domain', cells: { admin: ADMIN } },
  organisation: {
    from: 'product',
    cells: {
      ...EVERYBODY_READS,
      // Whoever reports names partners of any country; a new organisation holds nothing yet.
      national_focal_point: { read: 'network', create: 'network', edit: 'own' },
      entity_focal_point: { read: 'network', create: 'network', edit: 'own' },
      secretariat: { read: 'all', create: 'all', edit: 'all', verify: 'all' },
      admin: ADMIN,
    },
  },
  audit: { from: 'product', cells: { secretariat: { read: 'all' }, admin: ADMIN } },
  delegation: {
    from: 'product',
    cells: {
      national_focal_point: { read: 'own', create: 'own' },
      entity_focal_point: { read: 'own', create: 'own' },
      admin: ADMIN,
    },
  },
  own_account: { from: 'product', cells: { member: { read: 'self', edit: 'self' } } },
  sign_in: { from: 'product', cells: { public: { create: 'all' }, member: { create: 'all' } } },
  installation: { from: 'product', cells: { admin: ADMIN } },
} as const satisfies Record<string, Row>

export type AccessObject = keyof typeof ROLE_TABLE
export const ACCESS_OBJECTS = Object.keys(ROLE_TABLE) as AccessObject[]

export function cellOf(object: AccessObject, role: Role): Cell {
  return (ROLE_TABLE[object] as Row).cells[role] ?? {}
}

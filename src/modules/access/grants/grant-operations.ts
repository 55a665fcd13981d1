/** Every operation about roles; the API, the command line and the reference pages are made from this list. */
import { giveDelegation } from './give-delegation.ts'
import { giveGrant } from './give-grant.ts'
import { listGrants } from './list-grants.ts'
import { listOwnDelegations } from './list-own-delegations.ts'
import './problems.ts'
import { revokeDelegation } from './revoke-delegation.ts'
import { revokeGrant } from './revoke-grant.ts'

export const grantOperations = [giveGrant, revokeGrant, listGrants, giveDelegation, revokeDelegation, listOwnDelegations] as const

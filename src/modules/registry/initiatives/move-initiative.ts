/**
 * Moves an initiative through its life as a record, and its work from phase to phase (domain 6.2). The two are independent.
 */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { checkPublishable } from './check-facts.ts'
import { type InitiativeFacts, type InitiativeRecord, RECORD_STATES, type RecordState } from './initiative.ts'
import { initiativeScope } from './initiative-scope.ts'
import { getForChange, saveRevision } from './revise-initiative.ts'

const STATE_MOVES: Readonly<Record<RecordState, readonly RecordState[]>> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['verified', 'returned', 'withdrawn'],
  returned: ['draft', 'withdrawn'],
  verified: ['published', 'returned', 'withdrawn'],
  published: ['under_revision', 'archived', 'withdrawn'],
  under_revision: ['verified', 'withdrawn'],
  archived: ['published', 'withdrawn'],
  withdrawn: ['draft'],
}

/** Moves that need a reason, because they undo somebody's work or take something from public view. */
const REASONED: readonly RecordState[] = ['returned', 'withdrawn', 'archived']

/** What a move is an act of: who may edit may submit; who publishes may also take from public view. */
const RIGHT_TO_MOVE: Readonly<Record<RecordState, 'edit' | 'verify' | 'publish'>> = {
  draft: 'edit',
  submitted: 'edit',
  under_revision: 'edit',
  withdrawn: 'edit',
  verified: 'verify',
  returned: 'verify',
  published: 'publish',
  archived: 'publish',
}

/** What the public sees, or saw, is withdrawn by whoever may publish. */
const SHOWN: readonly RecordState[] = ['published', 'under_revision', 'archived']

type Phase = NonNullable<InitiativeFacts['phase']>

const PHASE_MOVES: Readonly<Record<Phase, readonly Phase[]>> = {
  pipeline: ['implementation', 'cancelled'],
  implementation: ['finalisation', 'closed', 'cancelled', 'suspended'],
  finalisation: ['closed'],
  suspended: ['implementation', 'cancelled'],
  closed: [],
  cancelled: [],
}

/** The right that a move needs, of a record in this state. */
export function rightToMove(from: RecordState, to: RecordState): 'edit' | 'verify' | 'publish' {
  return to === 'withdrawn' && SHOWN.includes(from) ? 'publish' : RIGHT_TO_MOVE[to]
}

export function allowedStates(from: RecordState): readonly RecordState[] {
  return STATE_MOVES[from]
}

export function allowedPhases(from: Phase | undefined): readonly Phase[] {
  return from === undefined ? (Object.keys(PHASE_MOVES) as Phase[]) : PHASE_MOVES[from]
}

export const moveInitiative = defineCommand({
  name: 'registry.move-initiative',
  permission: {
    oneOf: ['registry.initiative.edit', 'registry.initiative.verify', 'registry.initiative.publish'],
    of: ({ to }) => `registry.initiative.${RIGHT_TO_MOVE[to]}`,
  },
  scope: (context, { id }) => initiativeScope(context, id),
  input: z.object({
    id: z.string(),
    version: z.number().int().positive(),
    to: z.enum(RECORD_STATES),
    reason: z.string().max(2000).optional(),
  }),
  async run(context, { id, version, to, reason }): Promise<InitiativeRecord> {
    const before = await getForChange(context, id, version)
    if (rightToMove(before.state, to) !== RIGHT_TO_MOVE[to]) {
      await context.requirePermission('registry.initiative.publish', await initiativeScope(context, id))
    }
    if (!STATE_MOVES[before.state].includes(to)) {
      throw new Problem('registry.state-move-not-allowed', {
        from: before.state,
        to,
        accepted: STATE_MOVES[before.state].join(', '),
      })
    }
    if (REASONED.includes(to) && !reason) throw new Problem('registry.reason-required', {}, { place: { field: 'reason' } })
    if (to === 'submitted' || to === 'published') requirePublishable(before.facts)
    return saveRevision(context, before, { ...before, state: to }, to, reason)
  },
})

export const movePhase = defineCommand({
  name: 'registry.move-phase',
  permission: 'registry.initiative.edit',
  scope: (context, { id }) => initiativeScope(context, id),
  input: z.object({
    id: z.string(),
    version: z.number().int().positive(),
    to: z.enum(['pipeline', 'implementation', 'finalisation', 'closed', 'cancelled', 'suspended']),
    /** Reopening a closed or cancelled initiative needs one. */
    reason: z.string().max(2000).optional(),
  }),
  async run(context, { id, version, to, reason }): Promise<InitiativeRecord> {
    const before = await getForChange(context, id, version)
    const from = before.facts.phase
    const reopening = from === 'closed' || from === 'cancelled'
    if (!reopening && !allowedPhases(from).includes(to)) {
      throw new Problem(
        'registry.phase-move-not-allowed',
        { from: from ?? '', to, accepted: allowedPhases(from).join(', ') },
        { place: { field: 'phase' } },
      )
    }
    if (reopening && !reason) throw new Problem('registry.reason-required', {}, { place: { field: 'reason' } })
    const state = before.state === 'published' ? 'under_revision' : before.state
    return saveRevision(context, before, { ...before, state, facts: { ...before.facts, phase: to } }, 'phase-changed', reason)
  },
})

function requirePublishable(facts: InitiativeFacts): void {
  const details = checkPublishable(facts)
  const [first] = details
  if (first) throw new Problem(first.code, first.params, { details, ...(first.place ? { place: first.place } : {}) })
}

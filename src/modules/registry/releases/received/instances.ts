/** Who this instance is to others, and which others it trusts: each by the key whose fingerprint a person has compared. */
import { z } from 'zod'
import { sql } from '../../../../database/db.ts'
import { newId } from '../../../../kernel/ids.ts'
import { defineCommand, defineQuery } from '../../../../operations/index.ts'
import '../problems.ts'

/** Made at the first start, and kept by every backup. */
export const ensureInstance = defineCommand({
  name: 'registry.ensure-instance',
  permission: 'access.installation.run',
  input: z.object({}),
  async run({ db, clock }): Promise<void> {
    await db.run(sql`
      insert into release_instance (id, created_at) values (${newId()}, ${clock.now().toISOString()})
      on conflict (only_one) do nothing
    `)
  },
})

/** For whoever receives a package: no secret. */
export const getInstance = defineQuery({
  name: 'registry.get-instance',
  permission: 'registry.initiative.read',
  input: z.object({}),
  output: z.object({ id: z.string() }),
  run: ({ whole }): Promise<{ id: string }> => whole.one<{ id: string }>(sql`select id from release_instance`),
})

export interface TrustedInstance {
  readonly instanceId: string
  /** SHA-256 of the public key. */
  readonly fingerprint: string
  readonly publicKey: string
  readonly name: string
  readonly trustedAt: string
  readonly trustedBy: string
}

const TrustedSchema = z.object({
  instanceId: z.string().min(1).max(60),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  publicKey: z.string().max(60),
  name: z.string().min(1).max(300),
})

/** Says that a person has compared the fingerprint with what the other instance shows. */
export const trustInstance = defineCommand({
  name: 'registry.trust-instance',
  permission: 'registry.release.trust',
  input: TrustedSchema,
  async run({ db, clock, actor, changed }, input): Promise<TrustedInstance> {
    const trusted: TrustedInstance = { ...input, trustedAt: clock.now().toISOString(), trustedBy: actor.id }
    const added = await db.run(sql`
      insert into trusted_instances (instance_id, fingerprint, public_key, name, trusted_at, trusted_by)
      values (${trusted.instanceId}, ${trusted.fingerprint}, ${trusted.publicKey}, ${trusted.name}, ${trusted.trustedAt}, ${actor.id})
      on conflict (instance_id, fingerprint) do nothing
    `)
    if (added > 0) changed({ ref: trustedRef(trusted), action: 'trusted', version: 1, after: trusted })
    return trusted
  },
})

/** From now on its packages are asked about again. What was imported stays. */
export const distrustInstance = defineCommand({
  name: 'registry.distrust-instance',
  permission: 'registry.release.trust',
  input: TrustedSchema.pick({ instanceId: true, fingerprint: true }),
  async run({ db, changed }, input): Promise<{ removed: number }> {
    const removed = await db.run(sql`
      delete from trusted_instances where instance_id = ${input.instanceId} and fingerprint = ${input.fingerprint}
    `)
    if (removed > 0) changed({ ref: trustedRef(input), action: 'distrusted', version: 2, before: input })
    return { removed }
  },
})

function trustedRef({ instanceId, fingerprint }: Pick<TrustedInstance, 'instanceId' | 'fingerprint'>) {
  return { module: 'registry', aggregate: 'trusted_instances', id: `${instanceId}/${fingerprint}` } as const
}

export const listTrustedInstances = defineQuery({
  name: 'registry.list-trusted-instances',
  permission: 'registry.import.run',
  input: z.object({ limit: z.number().int().min(1).max(500).default(500) }),
  run: ({ whole }, { limit }): Promise<TrustedInstance[]> =>
    whole.many<TrustedInstance>(sql`
      select instance_id as "instanceId", fingerprint, public_key as "publicKey", name, trusted_at as "trustedAt",
             trusted_by as "trustedBy"
      from trusted_instances
      order by trusted_at, instance_id, fingerprint
      limit ${limit}
    `),
})

/** The keys of whoever asks, with what each may do; also those that no longer work. */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { ApiKeySchema, permissionsForKeys, selectKeys } from './api-key.ts'

export const listApiKeys = defineQuery({
  name: 'access.list-api-keys',
  permission: 'access.key.read',
  scope: async ({ actor }) => ({ orgs: [], countries: [], self: actor.id }),
  input: z.object({}),
  output: z.object({
    keys: z.array(ApiKeySchema).readonly(),
    /** Permissions that a new key could be given. */
    permissions: z.array(z.string()).readonly(),
  }),
  run: async ({ db, actor }) => ({ keys: await selectKeys(db, actor.id), permissions: permissionsForKeys(actor) }),
})

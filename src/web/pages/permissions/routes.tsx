/** The address of the page about rights. */
import type { PageDefinition } from '../../site.tsx'
import { permissionsPage } from './permissions-page.tsx'

export const permissionPages: readonly PageDefinition[] = [{ path: '/permissions', handle: permissionsPage }]

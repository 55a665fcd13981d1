/** Every page of the site, in the order of the menu. */
import type { HttpRoute } from '../kernel/http.ts'
import { componentPages } from './pages/components/routes.tsx'
import { homePages } from './pages/home/routes.tsx'
import { initiativePages } from './pages/initiatives/routes.tsx'
import { assetRoutes, entranceRoute, type PageDefinition, pageRoute, type WebContext } from './site.tsx'

const PAGES: readonly PageDefinition[] = [...homePages, ...initiativePages, ...componentPages]

export function webRoutes(context: WebContext): HttpRoute[] {
  return [entranceRoute(), ...assetRoutes(), ...PAGES.map((page) => pageRoute(context, page))]
}

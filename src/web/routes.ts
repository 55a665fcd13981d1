/** Every page of the site, in the order of the menu. */
import type { HttpRoute } from '../kernel/http.ts'
import { accountPages, providerReturnRoute } from './pages/account/routes.tsx'
import { auditPages } from './pages/audit/routes.tsx'
import { codeListPages } from './pages/code-lists/routes.tsx'
import { componentPages } from './pages/components/routes.tsx'
import { countryPages } from './pages/countries/routes.tsx'
import { bulkRoutes } from './pages/data/bulk-routes.ts'
import { dataPages } from './pages/data/routes.tsx'
import { figurePages } from './pages/figures/routes.tsx'
import { focalPointPages } from './pages/focal-points/routes.tsx'
import { homePages } from './pages/home/routes.tsx'
import { importPages } from './pages/imports/routes.tsx'
import { initiativePages } from './pages/initiatives/routes.tsx'
import { notificationPages } from './pages/notifications/routes.tsx'
import { organisationPages } from './pages/organisations/routes.tsx'
import { peoplePages } from './pages/people/routes.tsx'
import { permissionPages } from './pages/permissions/routes.tsx'
import { releaseKeyRoute, releasePages } from './pages/releases/routes.tsx'
import { reportPages } from './pages/reports/routes.tsx'
import { sourcePages } from './pages/sources/routes.tsx'
import { standardsPages } from './pages/standards/routes.tsx'
import { userPages } from './pages/users/routes.tsx'
import { workspacePages } from './pages/workspace/routes.tsx'
import { type PageDefinition, pageRoute, type WebContext } from './site.tsx'
import { assetRoutes, entranceRoute } from './site-routes.ts'

const PAGES: readonly PageDefinition[] = [
  ...homePages,
  ...importPages,
  ...initiativePages,
  ...countryPages,
  ...organisationPages,
  ...peoplePages,
  ...focalPointPages,
  ...codeListPages,
  ...standardsPages,
  ...dataPages,
  ...releasePages,
  ...figurePages,
  ...reportPages,
  ...sourcePages,
  ...accountPages,
  ...userPages,
  ...auditPages,
  ...workspacePages,
  ...notificationPages,
  ...permissionPages,
  ...componentPages,
]

export function webRoutes(context: WebContext): HttpRoute[] {
  return [
    entranceRoute(),
    ...assetRoutes(),
    ...bulkRoutes(context),
    releaseKeyRoute(context),
    providerReturnRoute,
    ...PAGES.map((page) => pageRoute(context, page)),
  ]
}

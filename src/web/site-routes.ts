/** What belongs to the site and is no page: the way in, and the files that every page needs. */
import { listLanguages, preferredLanguage } from '../i18n/languages.ts'
import { type HttpRoute, seeOther } from '../kernel/http.ts'
import { siteAssets } from './assets/site-assets.ts'

/** `/` leads to the reader's language. */
export function entranceRoute(): HttpRoute {
  return {
    method: 'GET',
    path: '/',
    async handle(request) {
      return seeOther(`/${preferredLanguage(request.header('accept-language'), listLanguages())}`)
    },
  }
}

export function assetRoutes(): HttpRoute[] {
  return Object.values(siteAssets()).map((asset) => ({
    method: 'GET',
    path: asset.href,
    handle: async () => ({
      status: 200,
      headers: { 'content-type': asset.mediaType, 'cache-control': 'public, max-age=31536000, immutable' },
      body: asset.body,
    }),
  }))
}

import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const OK_ONLY = { statuses: [200] };
/** The access token differs from request to request, so an answer that varies by it would never be found again. */
const IGNORE_VARY = { ignoreVary: true };
const DAY = 86_400;

/** Makes the application installable, and its shell and what was opened before available offline. */
export function installable(): Plugin[] {
  return VitePWA({
    registerType: 'autoUpdate',
    injectRegister: false,
    includeAssets: [],
    manifest: false, // a file in public/, in which the server writes the tenant's name and colours
    workbox: {
      inlineWorkboxRuntime: true,
      cleanupOutdatedCaches: true,
      clientsClaim: true,
      skipWaiting: true,
      globPatterns: ['index.html', 'appearance.js', 'logo.svg', 'assets/**/*.{js,css}'],
      globIgnores: ['assets/shared-*', 'assets/mui~shared-*'],
      navigateFallback: '/index.html',
      // A preview's page comes from the server, whose policy lets the theme editor frame it.
      navigateFallbackDenylist: [/^\/(?:api|plugins|themes|health|metrics|icons)(?:\/|$)/u, /[?&]preview=/u],
      runtimeCaching: [
        {
          urlPattern: ({ url, sameOrigin }) => sameOrigin && /^\/(?:assets|plugins)\//u.test(url.pathname),
          handler: 'CacheFirst',
          options: {
            cacheName: 'questline-code',
            cacheableResponse: OK_ONLY,
            expiration: { maxEntries: 300, maxAgeSeconds: 60 * DAY },
          },
        },
        {
          urlPattern: ({ url, sameOrigin }) => sameOrigin && /^\/(?:themes|icons)\//u.test(url.pathname),
          handler: 'StaleWhileRevalidate',
          options: { cacheName: 'questline-look', cacheableResponse: OK_ONLY, matchOptions: IGNORE_VARY },
        },
        {
          urlPattern: ({ url, request, sameOrigin }) =>
            sameOrigin && url.pathname.startsWith('/api/v1/media/') && request.destination === 'image',
          handler: 'CacheFirst',
          options: {
            cacheName: 'questline-api-media',
            cacheableResponse: OK_ONLY,
            matchOptions: IGNORE_VARY,
            expiration: { maxEntries: 200, maxAgeSeconds: 30 * DAY },
          },
        },
        {
          urlPattern: ({ url, request, sameOrigin }) =>
            sameOrigin &&
            request.method === 'GET' &&
            /^\/api\/v1\/(?!live$|auth\/|media\/|openapi)/u.test(url.pathname),
          handler: 'NetworkFirst',
          options: {
            cacheName: 'questline-api',
            networkTimeoutSeconds: 8,
            cacheableResponse: OK_ONLY,
            matchOptions: IGNORE_VARY,
            expiration: { maxEntries: 300, maxAgeSeconds: 14 * DAY },
          },
        },
      ],
    },
  });
}

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
    manifest: {
      name: 'Questline',
      short_name: 'Questline',
      description: 'Learn, practise and earn.',
      id: '/',
      start_url: '/',
      display: 'standalone',
      background_color: '#fbf8f4',
      theme_color: '#5b34d6',
      icons: [
        { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    workbox: {
      inlineWorkboxRuntime: true,
      cleanupOutdatedCaches: true,
      clientsClaim: true,
      skipWaiting: true,
      globPatterns: ['index.html', 'appearance.js', 'logo.svg', 'assets/**/*.{js,css}'],
      globIgnores: ['assets/shared-*', 'assets/mui~shared-*'],
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [/^\/(?:api|plugins|themes|health|metrics|icons)(?:\/|$)/u],
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

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { firstLoadBudget } from './build/budget.ts';
import { DEVELOPMENT_GROUPS, chunkGroups } from './build/chunks.ts';
import { sharedFacades } from './build/facades.ts';
import { findFirstLoad } from './build/firstLoad.ts';
import { importMap } from './build/importMap.ts';
import { installable } from './build/pwa.ts';

const backEnd = process.env.QUESTLINE_URL ?? 'http://127.0.0.1:8000';
const conditions = ['questline-source', ...defaultClientConditions];

export default defineConfig(async ({ command, mode }) => ({
  plugins: [react(), sharedFacades(), importMap(), firstLoadBudget(), installable()],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'frontend',
    environment: 'jsdom',
    setupFiles: [fileURLToPath(import.meta.resolve('@questline/vite-plugin/test-setup'))],
  },
  server: { proxy: { '/api': backEnd, '/plugins': backEnd, '/themes': backEnd } },
  build: {
    target: 'es2023',
    outDir: '../core/src/questline_core/ui/dist',
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 800,
    ...(command === 'build' && {
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups:
              mode === 'development' ? DEVELOPMENT_GROUPS : chunkGroups(await findFirstLoad(import.meta.dirname, conditions)),
          },
        },
      },
    }),
  },
}));

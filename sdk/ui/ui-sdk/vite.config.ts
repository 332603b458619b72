import { fileURLToPath } from 'node:url';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const conditions = ['questline-source', ...defaultServerConditions];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'ui-sdk',
    environment: 'jsdom',
    setupFiles: [fileURLToPath(import.meta.resolve('@questline/vite-plugin/test-setup'))],
  },
});

import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const backEnd = process.env.QUESTLINE_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['questline-source', ...defaultClientConditions] },
  server: { proxy: { '/api': backEnd, '/plugins': backEnd } },
  build: {
    target: 'es2023',
    outDir: '../core/src/questline_core/ui/dist',
    emptyOutDir: true,
    sourcemap: false,
  },
});

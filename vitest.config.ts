import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { projects: ['sdk/ui/*/vite.config.ts', 'frontend/vite.config.ts', 'plugins/*/ui/vite.config.ts'] } });

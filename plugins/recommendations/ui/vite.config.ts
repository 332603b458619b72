import { questlinePlugin } from '@questline/vite-plugin';
import { defineConfig } from 'vite';
import contributions from './contributions.ts';

export default defineConfig({ plugins: [questlinePlugin({ id: 'recommendations', contributions })] });

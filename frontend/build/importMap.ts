import { createHash } from 'node:crypto';
import { SDK_VERSION, SHARED_MODULES } from '@questline/vite-plugin/shared';
import type { Plugin, Rolldown } from 'vite';
import { facadeId } from './facades.ts';

/** Stands in index.html and in the policy where core puts the nonce of each answer. */
export const NONCE_PLACEHOLDER = '__QUESTLINE_NONCE__';

function digest(algorithm: 'sha256' | 'sha384', content: string | Uint8Array): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}

/** The header that core sends with index.html. */
export function contentSecurityPolicy(importMapHash: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' '${importMapHash}'`,
    `style-src 'self' 'nonce-${NONCE_PLACEHOLDER}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

function isChunk(file: Rolldown.OutputAsset | Rolldown.OutputChunk): file is Rolldown.OutputChunk {
  return file.type === 'chunk';
}

function addIntegrity(html: string, integrity: Readonly<Record<string, string>>): string {
  return html.replace(/<(script|link)\b[^>]*?\b(?:src|href)="([^"]+\.js)"[^>]*?>/gu, (tag, _name, url: string) => {
    const value = integrity[url];
    return value === undefined ? tag : `${tag.slice(0, -1)} integrity="${value}">`;
  });
}

/** Writes the import map into index.html, its hash into csp.json, and what plugins may import into shared.json. */
export function importMap(): Plugin {
  return {
    name: 'questline:import-map',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter(isChunk);
        const imports: Record<string, string> = {};
        const modules: Record<string, readonly string[]> = {};
        for (const name of Object.keys(SHARED_MODULES)) {
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === facadeId(name));
          if (chunk === undefined) throw new Error(`The build has no facade for ${name}.`);
          imports[name] = `/${chunk.fileName}`;
          modules[name] = chunk.exports.toSorted();
        }
        const integrity = Object.fromEntries(chunks.map(({ fileName, code }) => [`/${fileName}`, digest('sha384', code)]));
        const map = JSON.stringify({ imports, integrity });
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('The build has no index.html.');
        const html = addIntegrity(String(page.source), integrity);
        page.source = html.replace('<head>', () => `<head>\n    <script type="importmap">${map}</script>`);
        const policy = contentSecurityPolicy(digest('sha256', map));
        const csp = { policy, nonce_placeholder: NONCE_PLACEHOLDER };
        this.emitFile({ type: 'asset', fileName: 'csp.json', source: JSON.stringify(csp, null, 2) });
        const shared = { sdk_version: SDK_VERSION, modules };
        this.emitFile({ type: 'asset', fileName: 'shared.json', source: JSON.stringify(shared, null, 1) });
      },
    },
  };
}

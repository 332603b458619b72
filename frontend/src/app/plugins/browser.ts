import type { PluginModule } from './registry.ts';

const attempts = new Map<string, number>();

/** Imports a plugin's entry; a failed import is cached by the browser, so a later try uses a new address. */
export async function importModule(entry: string): Promise<PluginModule> {
  const attempt = attempts.get(entry) ?? 0;
  try {
    return (await import(/* @vite-ignore */ attempt === 0 ? entry : `${entry}?try=${attempt}`)) as PluginModule;
  } catch (error) {
    attempts.set(entry, attempt + 1);
    throw error;
  }
}

/** Adds a stylesheet once; resolves when it applies, so that a plugin never shows unstyled. */
export function addStylesheet(href: string): Promise<void> {
  if (document.querySelector(`link[rel=stylesheet][href="${CSS.escape(href)}"]`) !== null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`The stylesheet ${href} could not be loaded.`));
    });
    document.head.append(link);
  });
}

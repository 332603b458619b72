import type { PluginDefinition } from '@questline/ui-sdk';
import { SDK_VERSION } from '@questline/ui-sdk';
import type { PluginManifest, PluginRegistry } from '@questline/ui-sdk/host';
import { satisfies } from './range.ts';

/** A plugin's entry module. */
export interface PluginModule {
  readonly default: PluginDefinition;
}

/** What the registry needs from the browser and the application. */
export interface RegistryOptions {
  readonly importModule: (entry: string) => Promise<PluginModule>;
  readonly addStylesheet: (href: string) => Promise<void>;
  /** Makes texts and reducers of a loaded plugin known. */
  readonly install: (manifest: PluginManifest, definition: PluginDefinition) => void;
  /** Told once for each plugin that cannot be used. */
  readonly onRefused: (manifest: PluginManifest, error: Error) => void;
  /** Milliseconds a plugin's code may take to arrive. */
  readonly timeout?: number;
}

/** The plugin was built for another version of the SDK. */
export class IncompatiblePluginError extends Error {
  override name = 'IncompatiblePluginError';
}

/** The plugin's code did not arrive in time. */
export class PluginTimeoutError extends Error {
  override name = 'PluginTimeoutError';
}

/** The plugin's entry module does not export what `definePlugin` returns. */
export class InvalidPluginError extends Error {
  override name = 'InvalidPluginError';
}

const TIMEOUT = 15_000;

function withTimeout<Result>(work: Promise<Result>, milliseconds: number, id: string): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new PluginTimeoutError(`The code of ${id} did not arrive within ${milliseconds} ms.`)),
      milliseconds,
    );
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

function readDefinition(id: string, module: PluginModule): PluginDefinition {
  const definition: unknown = module.default;
  if (typeof definition === 'object' && definition !== null && 'views' in definition) return module.default;
  throw new InvalidPluginError(`The entry module of ${id} has no definePlugin({...}) as its default export.`);
}

/** Knows the plugins of the site and fetches the code of each at its first use. */
export class Registry implements PluginRegistry {
  readonly #options: RegistryOptions;
  readonly #listeners = new Set<() => void>();
  readonly #loads = new Map<string, { readonly version: string; readonly definition: Promise<PluginDefinition> }>();
  #plugins: readonly PluginManifest[] = [];

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  getSnapshot = (): readonly PluginManifest[] => this.#plugins;

  /** Takes over a new list; plugins outside their SDK range are left out and reported. */
  replace(manifests: readonly PluginManifest[]): void {
    const known = new Map(this.#plugins.map((plugin) => [`${plugin.id}@${plugin.version}:${plugin.entry}`, plugin]));
    this.#plugins = manifests
      .filter((manifest) => this.#accept(manifest))
      .map((manifest) => known.get(`${manifest.id}@${manifest.version}:${manifest.entry}`) ?? manifest);
    for (const listener of this.#listeners) listener();
  }

  load = (pluginId: string): Promise<PluginDefinition> => {
    const manifest = this.#plugins.find(({ id }) => id === pluginId);
    if (manifest === undefined) return Promise.reject(new ReferenceError(`There is no plugin ${pluginId}.`));
    const current = this.#loads.get(pluginId);
    if (current?.version === manifest.entry) return current.definition;
    const definition = withTimeout(this.#fetch(manifest), this.#options.timeout ?? TIMEOUT, pluginId);
    definition.catch(() => undefined);
    this.#loads.set(pluginId, { version: manifest.entry, definition });
    return definition;
  };

  retry = (pluginId: string): void => void this.#loads.delete(pluginId);

  #accept(manifest: PluginManifest): boolean {
    if (satisfies(SDK_VERSION, manifest.sdk)) return true;
    const message = `${manifest.title} ${manifest.version} needs ui-sdk ${manifest.sdk}; this site has ${SDK_VERSION}.`;
    this.#options.onRefused(manifest, new IncompatiblePluginError(message));
    return false;
  }

  async #fetch(manifest: PluginManifest): Promise<PluginDefinition> {
    const [module] = await Promise.all([
      this.#options.importModule(manifest.entry),
      ...manifest.css.map((href) => this.#options.addStylesheet(href)),
    ]);
    const definition = readDefinition(manifest.id, module);
    this.#options.install(manifest, definition);
    return definition;
  }
}

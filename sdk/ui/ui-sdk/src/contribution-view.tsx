import { Component, type ComponentType, type ReactNode, Suspense, use } from 'react';
import { PluginErrorCard } from './components/PluginErrorCard.tsx';
import { type PluginManifest, useHost } from './services.ts';

interface BoundaryProps {
  readonly plugin: PluginManifest;
  readonly onRetry: () => void;
  readonly compact: boolean;
  readonly children: ReactNode;
}

/** Keeps a plugin's error inside its own card. */
export class ContributionBoundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error: error ?? new Error('unknown') };
  }

  override render(): ReactNode {
    const { plugin, onRetry, compact, children } = this.props;
    if (this.state.error === undefined) return children;
    const retry = (): void => {
      onRetry();
      this.setState({ error: undefined });
    };
    return <PluginErrorCard plugin={plugin} error={this.state.error} onRetry={retry} compact={compact} />;
  }
}

function LoadedView({ plugin, view, viewProps }: Omit<ContributionViewProps, 'fallback' | 'compact'>): ReactNode {
  const { plugins } = useHost();
  const definition = use(plugins.load(plugin.id));
  const View = definition.views[view] as ComponentType<object> | undefined;
  if (View === undefined) throw new ReferenceError(`The plugin has no view named ${view}.`);
  return <View {...viewProps} />;
}

/** Which view of which plugin to draw, and its props. */
export interface ContributionViewProps {
  readonly plugin: PluginManifest;
  readonly view: string;
  readonly viewProps?: object;
  readonly fallback?: ReactNode;
  /** Whether there is room for a sign only, where it fails. */
  readonly compact?: boolean;
}

/** Draws one view of a plugin: loads its code at first use and keeps its errors to itself. */
export function ContributionView({
  plugin,
  view,
  viewProps,
  fallback = null,
  compact = false,
}: ContributionViewProps): ReactNode {
  const { plugins } = useHost();
  return (
    <ContributionBoundary
      key={`${plugin.id}@${plugin.version}:${view}`}
      plugin={plugin}
      onRetry={() => plugins.retry(plugin.id)}
      compact={compact}
    >
      <Suspense fallback={fallback}>
        <LoadedView plugin={plugin} view={view} viewProps={viewProps ?? {}} />
      </Suspense>
    </ContributionBoundary>
  );
}

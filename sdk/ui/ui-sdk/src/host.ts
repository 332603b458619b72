export { ContributionBoundary, ContributionView, type ContributionViewProps } from './contribution-view.tsx';
export { createFormatters } from './format.ts';
export { usePlugins } from './hooks.ts';
export { toProblem } from './problem.ts';
export { de as sdkGerman, en as sdkEnglish } from './resources.ts';
export {
  HostContext,
  type HostServices,
  type LiveHandler,
  type LiveStream,
  type PluginManifest,
  type PluginRegistry,
  useHost,
} from './services.ts';
export { type SessionState, sessionSlice } from './session.ts';
export { type Transport, setTransport } from './transport.ts';

export { type Paginated, api } from './api.ts';
export { type Block, type BlockLesson, type BlockProps, PluginBlock } from './blocks.tsx';
export type { Celebration, CelebrationKind, Notice } from './celebration.ts';
export { LevelBar } from './components/LevelBar.tsx';
export { Medal, type Tier } from './components/Medal.tsx';
export { Page, PageHeader } from './components/Page.tsx';
export { PathIcon } from './components/PathIcon.tsx';
export { PointsPill } from './components/PointsPill.tsx';
export { ProgressRing } from './components/ProgressRing.tsx';
export { EmptyState, ErrorState, LoadingState, useProblemMessage } from './components/states.tsx';
export type {
  BlockContribution,
  Contributions,
  LiveContribution,
  LocalizedText,
  NavigationContribution,
  NavigationPlace,
  RouteContribution,
  SlotContribution,
  SlotName,
} from './contributions.ts';
export { type Formatters, useFormat } from './format.ts';
export { useCan, useCelebrate, useLive, useNotify, usePermission, useSite, useUser } from './hooks.ts';
export { localize, useLocalize } from './localized.ts';
export {
  type CelebrationContext,
  type CelebrationFactory,
  type DefinitionFor,
  type Messages,
  type PluginDefinition,
  type ViewName,
  definePlugin,
} from './plugin.ts';
export { type ApiProblem, type FieldError, fieldError, isApiProblem } from './problem.ts';
export type { Site, User } from './session.ts';
export { Slot, type SlotEntry, type SlotProps, useSlot } from './slots.tsx';
export { type HostState, type PluginSlices, type RootState, useRootDispatch, useRootSelector } from './state.ts';
export { authorizedFetch } from './transport.ts';
export { SDK_VERSION } from './version.ts';

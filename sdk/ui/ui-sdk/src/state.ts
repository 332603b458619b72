import type { Dispatch, ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { type TypedUseSelectorHook, useDispatch, useSelector } from 'react-redux';
import type { api } from './api.ts';
import type { SessionState } from './session.ts';

/** The host's own part of the Redux state. */
export interface HostState {
  readonly session: SessionState;
  readonly api: ReturnType<typeof api.reducer>;
}

/**
 * Slices that plugins bring.
 *
 * Augment it: `declare module '@questline/ui-sdk' { interface PluginSlices { points: PointsState } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging in plugins
export interface PluginSlices {}

/** The whole Redux state; a plugin's slice is there only once its code is loaded. */
export interface RootState extends HostState, Partial<PluginSlices> {}

/** `useSelector` that knows the state. */
export const useRootSelector: TypedUseSelectorHook<RootState> = useSelector;

/** `useDispatch` that knows thunks. */
export const useRootDispatch: () => ThunkDispatch<RootState, unknown, UnknownAction> & Dispatch = useDispatch;

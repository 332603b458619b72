import { api } from '@questline/ui-sdk';
import type { PluginSlices } from '@questline/ui-sdk';
import { sessionSlice } from '@questline/ui-sdk/host';
import { type Reducer, combineSlices, configureStore } from '@reduxjs/toolkit';
import { setupListeners } from '@reduxjs/toolkit/query/react';

const rootReducer = combineSlices(api, sessionSlice).withLazyLoadedSlices<PluginSlices>();

/** The one Redux store of the tab. */
export const store = configureStore({
  reducer: rootReducer,
  middleware: (defaults) => defaults().concat(api.middleware),
});

setupListeners(store.dispatch);

/** Adds a plugin's reducers; a name that is taken by another reducer is refused. */
export function injectSlices(slices: Readonly<Record<string, Reducer>>): void {
  for (const [reducerPath, reducer] of Object.entries(slices)) {
    rootReducer.inject({ reducerPath: reducerPath as never, reducer: reducer as never });
  }
  store.dispatch({ type: 'plugins/slicesInjected' });
}

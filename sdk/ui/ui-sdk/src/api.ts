import type { BaseQueryFn, FetchArgs, FetchBaseQueryError, FetchBaseQueryMeta } from '@reduxjs/toolkit/query/react';
import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';
import { type ApiProblem, toProblem } from './problem.ts';
import { sendRequest } from './transport.ts';

/** A page of a list; `next_cursor` is null on the last one. */
export interface Paginated<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
  readonly total?: number;
}

const rawBaseQuery = fetchBaseQuery({
  baseUrl: globalThis.location.origin,
  fetchFn: (input, init) => sendRequest(input instanceof Request ? input : new Request(input, init)),
});

function readProblem(error: FetchBaseQueryError): ApiProblem {
  if (typeof error.status === 'number') return toProblem(error.status, error.data);
  if (error.status === 'PARSING_ERROR') return toProblem(error.originalStatus, undefined);
  return toProblem(0, undefined);
}

/** Base query of every endpoint: errors arrive as `ApiProblem`. */
export const problemBaseQuery: BaseQueryFn<
  string | FetchArgs,
  unknown,
  ApiProblem,
  object,
  FetchBaseQueryMeta
> = async (args, queryApi, options) => {
  const result = await rawBaseQuery(args, queryApi, options);
  if (result.error === undefined) return result;
  return { error: readProblem(result.error), ...(result.meta === undefined ? {} : { meta: result.meta }) };
};

/**
 * The one RTK Query API of the application.
 *
 * Plugins add to it with `api.enhanceEndpoints({addTagTypes}).injectEndpoints({endpoints})`; name tags and endpoints
 * after the plugin (`points.Balance`, `pointsGetBalance`) and write full paths (`/api/v1/p/points/me`).
 */
export const api = createApi({
  reducerPath: 'api',
  baseQuery: problemBaseQuery,
  tagTypes: ['Me', 'Site', 'Catalogue', 'Course', 'Lesson', 'Dashboard', 'Users', 'Plugins', 'Theme', 'UiPlugins', 'Security', 'Sessions', 'Invitations', 'SignIn'],
  keepUnusedDataFor: 120,
  refetchOnReconnect: true,
  endpoints: () => ({}),
});

import { api } from '@questline/ui-sdk';

/** Why a lesson is suggested; `because` is the title of the lesson that it follows from. */
export interface Reason {
  readonly kind: 'after' | 'together' | 'gap' | 'similar' | 'popular' | 'new';
  readonly because: string | null;
  readonly learners: number | null;
}

/** A suggested lesson; `enrolled` says whether it may be opened at once. */
export interface Recommendation {
  readonly lesson_id: string;
  readonly title: string;
  readonly kind: string;
  readonly minutes: number;
  readonly course_slug: string;
  readonly course_title: string;
  readonly enrolled: boolean;
  readonly reason: Reason;
}

interface Recommendations {
  readonly items: readonly Recommendation[];
}

/** How far the latest training has come. */
export interface Training {
  readonly id: string;
  readonly state: 'texts' | 'fitting' | 'scoring' | 'done' | 'replaced';
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly texts: string;
  readonly lessons: number;
  readonly completions: number;
  readonly learners: number;
  readonly scored: number;
}

const BASE = '/api/v1/p/recommendations';

const recommendationsApi = api
  .enhanceEndpoints({ addTagTypes: ['recommendations.Next', 'recommendations.Training'] })
  .injectEndpoints({
    endpoints: (build) => ({
      recommendationsListNext: build.query<Recommendations, void>({
        query: () => `${BASE}/next`,
        providesTags: ['recommendations.Next'],
      }),
      recommendationsListRelated: build.query<Recommendations, string>({
        query: (lessonId) => `${BASE}/lessons/${lessonId}`,
        providesTags: ['recommendations.Next'],
      }),
      recommendationsGetTraining: build.query<{ readonly training: Training | null }, void>({
        query: () => `${BASE}/training`,
        providesTags: ['recommendations.Training'],
      }),
      recommendationsStartTraining: build.mutation<Training, void>({
        query: () => ({ url: `${BASE}/training`, method: 'POST' }),
        invalidatesTags: ['recommendations.Training'],
      }),
    }),
  });

export const {
  useRecommendationsListNextQuery,
  useRecommendationsListRelatedQuery,
  useRecommendationsGetTrainingQuery,
  useRecommendationsStartTrainingMutation,
} = recommendationsApi;

import { Alert } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ContributionView } from './contribution-view.tsx';
import { usePlugins } from './hooks.ts';

/** One block of a lesson. */
export interface Block<Data = unknown> {
  readonly id: string;
  readonly type: string;
  readonly data: Data;
}

/** The lesson around a block. */
export interface BlockLesson {
  readonly id: string;
  readonly title: string;
  readonly kind: 'lesson' | 'quiz';
  readonly status: 'new' | 'started' | 'completed';
  readonly course: { readonly id: string; readonly slug: string; readonly title: string };
}

/** What a block's view is given. */
export interface BlockProps<Data = unknown> {
  readonly block: Block<Data>;
  readonly lesson: BlockLesson;
  /** Tell the player that the server has recorded progress on this block, so that it fetches the lesson again. */
  readonly onProgress: () => void;
}

/** Draws a block whose type belongs to a plugin. */
export function PluginBlock(props: BlockProps & { readonly fallback?: ReactNode }): ReactNode {
  const { fallback, ...viewProps } = props;
  const { t } = useTranslation('sdk');
  for (const plugin of usePlugins()) {
    const contribution = plugin.contributions.blocks?.find(({ type }) => type === props.block.type);
    if (contribution !== undefined) {
      return <ContributionView plugin={plugin} view={contribution.view} viewProps={viewProps} fallback={fallback} />;
    }
  }
  return <Alert severity="info">{t('block_unknown', { type: props.block.type })}</Alert>;
}

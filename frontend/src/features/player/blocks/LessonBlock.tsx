import { type Block, type BlockLesson, LoadingState, PluginBlock } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { Prose } from '../../../design/components/Prose.tsx';
import { CalloutBlock } from './CalloutBlock.tsx';
import { FigureBlock } from './FigureBlock.tsx';
import { VideoBlock } from './VideoBlock.tsx';

interface LessonBlockProps {
  readonly block: Block<Readonly<Record<string, unknown>>>;
  readonly lesson: BlockLesson;
  readonly language: string;
  readonly onProgress: () => void;
}

/** Draws one block: core's own types here, any other type by the plugin that brought it. */
export function LessonBlock({ block, lesson, language, onProgress }: LessonBlockProps): ReactNode {
  const text = (name: string): string | undefined => {
    const value = block.data[name];
    return typeof value === 'string' ? value : undefined;
  };
  switch (block.type) {
    case 'text':
      return <Prose html={text('html') ?? ''} />;
    case 'callout':
      return <CalloutBlock tone={text('tone') ?? 'note'} title={text('title')} html={text('html') ?? ''} />;
    case 'figure':
      return <FigureBlock src={text('src') ?? ''} alt={text('alt') ?? ''} captionHtml={text('caption_html')} />;
    case 'video':
      return (
        <VideoBlock
          src={text('src') ?? ''}
          title={text('title') ?? ''}
          captions={text('captions')}
          poster={text('poster')}
          language={language}
          transcriptHtml={text('transcript_html')}
        />
      );
    default:
      return <PluginBlock block={block} lesson={lesson} onProgress={onProgress} fallback={<LoadingState />} />;
  }
}

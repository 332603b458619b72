import { Box, type BoxProps } from '@mui/material';
import type { ReactNode } from 'react';
import { color, transition } from '../theme/tokens.ts';

interface QuestPathProps {
  /** Milestones on the way; more than `most` are drawn as `most`. */
  readonly total: number;
  readonly done: number;
  readonly most?: number;
  readonly sx?: BoxProps['sx'];
}

const WIDTH = 400;
const HEIGHT = 120;
const EDGE = 22;

function milestone(index: number, count: number): readonly [number, number] {
  const along = count === 1 ? 0.5 : index / (count - 1);
  const wave = Math.sin(along * Math.PI * 2.4 + 0.6);
  return [EDGE + along * (WIDTH - 2 * EDGE), HEIGHT * 0.54 - along * 26 + wave * 27];
}

function route(from: number, to: number, count: number): string {
  return Array.from({ length: to - from }, (_, step) => {
    const [x, y] = milestone(from + step, count);
    const [nextX, nextY] = milestone(from + step + 1, count);
    const middle = (x + nextX) / 2;
    return `${step === 0 ? `M${x} ${y}` : ''}C${middle} ${y} ${middle} ${nextY} ${nextX} ${nextY}`;
  }).join('');
}

/** The line of the quest: a winding way with a mark for each milestone, walked as far as the learner has come. */
export function QuestPath({ total, done, most = 9, sx }: QuestPathProps): ReactNode {
  const count = Math.max(2, Math.min(total, most));
  const reached = total === 0 ? 0 : Math.min(count - 1, Math.round((done / total) * (count - 1)));
  return (
    <Box
      component="svg"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
      sx={[{ display: 'block', width: '100%', overflow: 'visible' }, ...(Array.isArray(sx) ? sx : [sx])]}
    >
      <path
        d={route(0, count - 1, count)}
        fill="none"
        stroke={color('hero-muted')}
        strokeOpacity="0.55"
        strokeWidth="3"
        strokeDasharray="1 9"
        strokeLinecap="round"
      />
      <path
        d={route(0, reached, count)}
        fill="none"
        stroke={color('points')}
        strokeWidth="4"
        strokeLinecap="round"
      />
      {Array.from({ length: count }, (_, index) => {
        const [x, y] = milestone(index, count);
        const walked = index < reached;
        const here = index === reached;
        return (
          <Box
            component="circle"
            key={index}
            cx={x}
            cy={y}
            r={here ? 11 : walked ? 7 : 6}
            sx={{
              fill: color(here || walked ? 'points' : 'hero-start'),
              stroke: color(here ? 'hero-ink' : walked ? 'points' : 'hero-muted'),
              strokeWidth: here ? 4 : 2.5,
              transition: transition(['r', 'fill'], 'slow'),
            }}
          />
        );
      })}
      <Flag at={milestone(count - 1, count)} />
    </Box>
  );
}

function Flag({ at: [x, y] }: { readonly at: readonly [number, number] }): ReactNode {
  return (
    <g transform={`translate(${x} ${y - 11})`}>
      <path d="M0 0V-34" stroke={color('hero-ink')} strokeWidth="2.5" strokeLinecap="round" />
      <path d="M0 -34c7 -5 12 4 20 -1v15c-8 5 -13 -4 -20 1z" fill={color('points')} />
    </g>
  );
}

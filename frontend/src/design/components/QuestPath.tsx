import { Box, type BoxProps } from '@mui/material';
import { keyframes } from '@mui/material/styles';
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
const HEIGHT = 168;
const EDGE = 26;

function milestone(index: number, count: number): readonly [number, number] {
  const along = count === 1 ? 0.5 : index / (count - 1);
  const wave = Math.sin(along * Math.PI * 3.2 + 0.4) * (1 - along * 0.45);
  return [EDGE + along * (WIDTH - 2 * EDGE), HEIGHT - 46 - along * 68 + wave * 24];
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
        strokeOpacity="0.7"
        strokeWidth="4"
        strokeDasharray="0.5 10"
        strokeLinecap="round"
      />
      <path d={route(0, reached, count)} fill="none" stroke={color('points')} strokeWidth="6" strokeLinecap="round" />
      <Halo at={milestone(reached, count)} />
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
            r={here ? 13 : walked ? 8 : 7}
            sx={{
              fill: color(here || walked ? 'points' : 'hero-start'),
              stroke: color(here ? 'hero-ink' : walked ? 'points' : 'hero-muted'),
              strokeWidth: here ? 5 : 3,
              transition: transition(['r', 'fill'], 'slow'),
            }}
          />
        );
      })}
      <Flag at={milestone(count - 1, count)} />
    </Box>
  );
}

const pulse = keyframes({ '0%, 100%': { opacity: 0.22 }, '50%': { opacity: 0.5 } });

function Halo({ at: [x, y] }: { readonly at: readonly [number, number] }): ReactNode {
  const animation = `${pulse} 2.4s ease-in-out infinite`;
  return <Box component="circle" cx={x} cy={y} r={25} sx={{ fill: color('points'), opacity: 0.3, animation }} />;
}

function Flag({ at: [x, y] }: { readonly at: readonly [number, number] }): ReactNode {
  return (
    <g transform={`translate(${x} ${y - 13})`}>
      <path d="M0 0V-46" stroke={color('hero-ink')} strokeWidth="3" strokeLinecap="round" />
      <path d="M0-46c-9-6-16 5-27-1v20c11 6 18-5 27 1z" fill={color('points')} />
    </g>
  );
}

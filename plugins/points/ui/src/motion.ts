import { useMediaQuery } from '@mui/material';

/** Whether the user has asked for no motion. */
export function useStill(): boolean {
  return useMediaQuery('(prefers-reduced-motion: reduce)');
}

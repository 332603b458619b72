import { Box } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'react-router';

/** Id of the element that holds a page's content. */
export const MAIN_ID = 'main';

const TITLE_PAUSE = 250;

/** The page shown last; kept across the frames, so that signing in counts as a navigation and the first load does not. */
let shown: string | undefined;

/** After a navigation moves focus to the page and tells screen readers its title. */
export function RouteAnnouncer(): ReactNode {
  const { pathname } = useLocation();
  const [message, setMessage] = useState('');
  useEffect(() => {
    const first = shown === undefined;
    if (shown === pathname) return undefined;
    shown = pathname;
    if (first) return undefined;
    document.getElementById(MAIN_ID)?.focus({ preventScroll: true });
    const timer = setTimeout(() => setMessage(document.title), TITLE_PAUSE);
    return () => clearTimeout(timer);
  }, [pathname]);
  return (
    <Box role="status" aria-live="polite" aria-atomic sx={visuallyHidden}>
      {message}
    </Box>
  );
}

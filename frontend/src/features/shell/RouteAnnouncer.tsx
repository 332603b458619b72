import { Box } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';

/** Id of the element that holds a page's content. */
export const MAIN_ID = 'main';

const TITLE_PAUSE = 250;

/** After a navigation moves focus to the page and tells screen readers its title. */
export function RouteAnnouncer(): ReactNode {
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  const [message, setMessage] = useState('');
  useEffect(() => {
    if (previous.current === pathname) return undefined;
    previous.current = pathname;
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

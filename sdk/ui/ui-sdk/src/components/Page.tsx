import { Box, Container, type ContainerProps, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface PageProps {
  /** Title of the browser tab; the site's name follows it. */
  readonly title: string;
  readonly maxWidth?: ContainerProps['maxWidth'];
  readonly children: ReactNode;
}

/** The frame of a page: its width, its spacing and the title of the tab. */
export function Page({ title, maxWidth = 'lg', children }: PageProps): ReactNode {
  return (
    <Container maxWidth={maxWidth} sx={{ pt: { xs: 1, md: 2 }, pb: { xs: 4, md: 6 } }}>
      <title>{title}</title>
      {children}
    </Container>
  );
}

interface PageHeaderProps {
  readonly title: ReactNode;
  /** A short word above the title. */
  readonly overline?: ReactNode;
  readonly description?: ReactNode;
  /** Buttons on the right, below the title on a phone. */
  readonly actions?: ReactNode;
}

/** The heading of a page. */
export function PageHeader({ title, overline, description, actions }: PageHeaderProps): ReactNode {
  return (
    <Stack
      component="header"
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      sx={{ justifyContent: 'space-between', alignItems: { sm: 'flex-end' }, mb: { xs: 3, md: 4 } }}
    >
      <Box>
        {overline && (
          <Typography variant="overline" component="p" color="textSecondary">
            {overline}
          </Typography>
        )}
        <Typography variant="h2" component="h1">
          {title}
        </Typography>
        {description && (
          <Typography color="textSecondary" sx={{ mt: 1, maxWidth: '65ch' }}>
            {description}
          </Typography>
        )}
      </Box>
      {actions && (
        <Stack direction="row" spacing={1} sx={{ flexShrink: 0 }}>
          {actions}
        </Stack>
      )}
    </Stack>
  );
}

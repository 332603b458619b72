import { Stack } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { FeedbackPanel } from './FeedbackPanel.tsx';
import { Html } from './Html.tsx';
import { ItemInput } from './items/ItemInput.tsx';
import type { Answer, Feedback, Item } from './types.ts';

interface ItemCardProps {
  readonly item: Item;
  readonly answer: Answer | undefined;
  readonly feedback: Feedback | undefined;
  readonly disabled: boolean;
  readonly onAnswer: (answer: Answer) => void;
}

/** A question, what answers it, and once it was checked how good the answer was. */
export function ItemCard({ item, answer, feedback, disabled, onAnswer }: ItemCardProps): ReactNode {
  const label = useId();
  return (
    <Stack sx={{ gap: 2.5 }}>
      <Html
        id={label}
        html={item.prompt_html}
        sx={{ fontSize: { xs: '1.0625rem', sm: '1.1875rem' }, fontWeight: 'var(--ql-font-weight-strong)', lineHeight: 1.45 }}
      />
      <div>
        <ItemInput item={item} answer={answer} feedback={feedback} disabled={disabled} labelId={label} onAnswer={onAnswer} />
      </div>
      <FeedbackPanel feedback={feedback} />
    </Stack>
  );
}

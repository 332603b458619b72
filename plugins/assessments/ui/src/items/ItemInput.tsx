import type { ComponentType, ReactNode } from 'react';
import type { ItemType } from '../types.ts';
import { ChoiceInput } from './ChoiceInput.tsx';
import type { InputProps } from './input.ts';
import { MatchInput } from './MatchInput.tsx';
import { NumberInput } from './NumberInput.tsx';
import { OrderInput } from './OrderInput.tsx';
import { TextInput } from './TextInput.tsx';

const INPUTS: Readonly<Record<ItemType, ComponentType<InputProps>>> = {
  single: ChoiceInput,
  multiple: ChoiceInput,
  true_false: ChoiceInput,
  numeric: NumberInput,
  short_text: TextInput,
  ordering: OrderInput,
  matching: MatchInput,
};

/** Takes the answer to an item of any type. */
export function ItemInput(props: InputProps): ReactNode {
  const Input = INPUTS[props.item.type];
  return <Input {...props} />;
}

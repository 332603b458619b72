import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** The signed-in user, as `GET /api/v1/me` gives it. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly role: string;
  readonly locale: string;
  readonly time_zone: string;
  readonly avatar_url: string | null;
  readonly permissions: readonly string[];
  readonly created_at: string;
}

/** Public facts about the tenant's site, as `GET /api/v1/site` gives them. */
export interface Site {
  readonly name: string;
  readonly slug: string;
  readonly sign_up: 'open' | 'domains' | 'invitation' | 'closed';
  /** Whether the site sends mail; without, its operator has to hand links on. */
  readonly sends_mail: boolean;
  readonly theme: string;
  /** Accounts elsewhere that people may log in with. */
  readonly sign_in_with: readonly { readonly provider: string; readonly label: string; readonly icon: string }[];
  readonly version: string;
}

/** Who is signed in; `starting` until the first refresh has answered. */
export interface SessionState {
  readonly status: 'starting' | 'signed_in' | 'signed_out';
  readonly user: User | null;
}

const initialState: SessionState = { status: 'starting', user: null };

/** The session part of the state; only the host changes it. */
export const sessionSlice = createSlice({
  name: 'session',
  initialState,
  reducers: {
    signedIn: (_state, action: PayloadAction<User>): SessionState => ({ status: 'signed_in', user: action.payload }),
    signedOut: (): SessionState => ({ status: 'signed_out', user: null }),
  },
});

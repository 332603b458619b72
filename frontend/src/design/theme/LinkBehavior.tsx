import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import { Link } from 'react-router';

type LinkBehaviorProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  readonly href?: string;
  readonly ref?: Ref<HTMLAnchorElement>;
};

const OWN_PAGE = /^\/(?!\/|api\/|media\/|themes\/|plugins\/)/u;

/** What `href` does on MUI's links and buttons: a page of this site opens without a reload, anything else as usual. */
export function LinkBehavior({ href = '', children, ...props }: LinkBehaviorProps): ReactNode {
  if (OWN_PAGE.test(href)) {
    return (
      <Link to={href} {...props}>
        {children}
      </Link>
    );
  }
  return (
    <a href={href} {...props}>
      {children}
    </a>
  );
}

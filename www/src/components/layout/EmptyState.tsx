// Nothing to show, why, and what to do about it.
type EmptyStateProps = {
  icon: React.ReactNode;
  title: string;
  text: string;
  /** It is all that the page shows, so its title is the page's. */
  isPage?: boolean;
  children?: React.ReactNode;
};

export function EmptyState({ icon, title, text, isPage, children }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden="true">
        {icon}
      </span>
      {isPage ? <h1 className="empty-title">{title}</h1> : <p className="empty-title">{title}</p>}
      <p className="pc-muted">{text}</p>
      {children && <div className="empty-actions">{children}</div>}
    </div>
  );
}

// The first letter of a name in a circle.
export function Avatar({ name }: { name: string }) {
  return (
    <span className="pc-avatar" aria-hidden="true">
      {name.charAt(0).toUpperCase()}
    </span>
  );
}

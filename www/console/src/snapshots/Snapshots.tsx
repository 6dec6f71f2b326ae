export function Snapshots() {
  return <h1>Snapshots</h1>;
}

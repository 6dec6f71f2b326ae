export function ProjectView() {
  return <h1>ProjectView</h1>;
}

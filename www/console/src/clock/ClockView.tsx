export function ClockView() {
  return <h1>ClockView</h1>;
}

// Runs on the server.
import { paragon } from "paragon-connect";
import { Buttons } from "./buttons.jsx";

export default function Page() {
  return (
    <main>
      <p id="server">{JSON.stringify(paragon.getUser())}</p>
      <Buttons />
    </main>
  );
}

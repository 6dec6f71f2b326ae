"use client";

import { useEffect } from "react";
import { paragon } from "paragon-connect";
import { clicks } from "../app.js";

const { signIn, connect } = clicks(paragon);

export function Buttons() {
  useEffect(() => {
    document.body.dataset.ready = "";
  }, []);
  return (
    <>
      <button id="sign-in" onClick={signIn}>
        Sign in
      </button>
      <button id="connect" onClick={connect}>
        Connect Slack
      </button>
      <p id="client">{JSON.stringify(paragon.getUser())}</p>
    </>
  );
}

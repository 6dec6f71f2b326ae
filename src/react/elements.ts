// What the build puts in the place of JSX.
export { createElement, Fragment } from "react";
